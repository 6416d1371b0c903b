package dev.wharfinger.cli;

import dev.wharfinger.ledger.LedgerFile;
import dev.wharfinger.ledger.LedgerPaths;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code wharf init}: writes what is missing for a first deployment, and overwrites nothing. */
@Command(
        name = "init",
        description =
                "Writes wharf.yaml and missing ledger files, and accepts the rules; never"
                        + " overwrites.")
final class InitCommand implements Callable<ExitCode> {
    @Mixin private PlaceOptions where = new PlaceOptions();

    @Option(names = "--dry-run", description = "Says what would be written, and writes nothing.")
    private boolean dryRun;

    private final Terminal terminal;
    private final Wharf wharf;

    InitCommand(Terminal terminal, Wharf wharf) {
        this.terminal = terminal;
        this.wharf = wharf;
    }

    @Override
    public ExitCode call() throws Exception {
        Place place = where.place(terminal);
        Path root = place.root().toRealPath();
        var written = new ArrayList<String>();
        Optional<BuildTool> tool = BuildTool.in(root);
        write(root.resolve(Config.FILE), yaml(root, tool), written);
        LedgerPaths ledger = place.config().map(Config::ledger).orElse(LedgerPaths.DEFAULT);
        for (LedgerFile file : LedgerFile.values()) {
            write(
                    root.resolve(ledger.path(file).toString()),
                    new String(file.template(), java.nio.charset.StandardCharsets.UTF_8),
                    written);
        }
        if (wharf.output() == OutputFormat.JSON) {
            var node = new JsonMapper().createObjectNode().put("dry_run", dryRun);
            written.forEach(node.putArray("written")::add);
            terminal.out().println(node);
        } else {
            written.forEach(name ->
                    terminal.out().println((dryRun ? "would write  " : "wrote        ") + name));
        }
        if (dryRun) {
            return ExitCode.DONE;
        }
        ProjectFolder folder = ProjectFolder.open(terminal, where.place(terminal));
        var trusted = new KeeperAnswer(terminal, new KeeperClient(folder).ask("trust"));
        if (trusted.code() != ExitCode.DONE || wharf.output() == OutputFormat.JSON) {
            return trusted.code();
        }
        steps(tool).forEach(terminal.out()::println);
        return ExitCode.DONE;
    }

    private void write(Path file, String text, List<String> written) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        written.add(file.toString());
        if (!dryRun) {
            Path above = file.getParent();
            if (above != null) {
                Files.createDirectories(above);
            }
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        }
    }

    private static List<String> steps(Optional<BuildTool> tool) {
        var test =
                tool.isPresent()
                        ? "look at `gates.test` and `artifact` in wharf.yaml: they follow "
                                + tool.get().file()
                        : "declare `artifact` and `gates.test` in wharf.yaml: no build tool was"
                                + " found";
        return List.of(
                "",
                "Three things to your first staging deployment:",
                "  1. " + test,
                "  2. write under `environments.staging` how the service is started and where its"
                        + " health is",
                "  3. run `wharf trust` after each change; then let /test, /security and /deploy"
                        + " work");
    }

    private static String yaml(Path root, Optional<BuildTool> tool) {
        String name = Config.folderName(root);
        var text =
                new StringBuilder(
                        "# Wharfinger's rules for this project. Every key:"
                                + " docs/configuration.md\n");
        text.append("project: ")
                .append(name.matches("[a-z][a-z0-9-]*") ? name : "\"" + name + "\"")
                .append('\n');
        tool.ifPresent(t ->
                text.append("artifact:\n  build: ")
                        .append(t.build())
                        .append("\n  path: ")
                        .append(t.artifact())
                        .append('\n'));
        text.append("gates:\n");
        Optional<String> reports = tool.flatMap(BuildTool::reports);
        if (tool.isPresent() && reports.isPresent()) {
            text.append("  test: { command: ")
                    .append(tool.get().test())
                    .append(", reports: [\"")
                    .append(reports.get())
                    .append("\"] }\n");
        } else {
            text.append(
                    "  # test: { command: [...], reports: [\"...\"] }   # a command that writes"
                            + " JUnit XML; without it nothing ships\n");
        }
        return text.append(
                        "  # security: { command: [...], reports: [out.sarif] }   # a scanner that"
                                + " writes SARIF 2.1.0\n")
                .append(
                        "  security: { applies: false, because: \"no scanner was found; declare"
                                + " one\" }\n")
                .append(
                        "  ci: { applies: false, because: \"not looked for; declare a command\""
                                + " }\n")
                .append(
                        "# environments:\n"
                                + "#   staging:\n"
                                + "#     target:\n"
                                + "#       local:\n"
                                + "#         dir: /srv/")
                .append(name)
                .append(
                        "/staging\n"
                                + "#         start: [./run, --port, \"8081\"]\n"
                                + "#         health: http://127.0.0.1:8081/healthz\n")
                .append(
                        "#     smoke:\n"
                            + "#       - http: { url: \"http://127.0.0.1:8081/\", status: 200 }\n")
                .toString();
    }
}
