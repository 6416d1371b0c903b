package dev.wharfinger.cli;

import dev.wharfinger.ledger.LedgerFile;
import dev.wharfinger.ledger.LedgerPaths;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
                "Writes wharf.yaml and missing ledger files, tells clients about the server, and"
                        + " accepts the rules; never overwrites. Ends with 1 where a client's file"
                        + " has to be changed by hand.")
final class InitCommand implements Callable<ExitCode> {
    @Mixin private PlaceOptions where = new PlaceOptions();

    @Option(
            names = "--client",
            paramLabel = "NAME",
            converter = ToClient.class,
            description =
                    "Writes the server into this client's configuration; may be repeated:"
                            + " claude-code, claude-desktop, cursor, vscode, junie, zed, windsurf,"
                            + " codex, gemini, opencode.")
    private List<Client> clients = List.of();

    @Option(names = "--dry-run", description = "Says what would be written, and writes nothing.")
    private boolean dryRun;

    @Option(
            names = "--remove",
            description =
                    "Takes the server out of the configuration of the named clients, and does"
                            + " nothing else.")
    private boolean remove;

    @Spec private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;
    private final Wharf wharf;

    InitCommand(Terminal terminal, Wharf wharf) {
        this.terminal = terminal;
        this.wharf = wharf;
    }

    @Override
    public ExitCode call() throws Exception {
        var setup = new ClientSetup(terminal, dryRun);
        if (remove) {
            if (clients.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "--remove needs --client NAME: what is to be removed?");
            }
            Path root = where.root(terminal).toRealPath();
            var edits = setup.removals(clients, ClientPlace.of(terminal, root, Optional.empty()));
            return setup.carryOut(edits, wharf.output(), List.of());
        }
        Place place = where.place(terminal).sound();
        Path root = place.root().toRealPath();
        var edits = setup.additions(clients, ClientPlace.of(terminal, root, where.state(terminal)));
        var written = new ArrayList<String>();
        Optional<BuildTool> tool = BuildTool.in(root);
        var first = new FirstConfig(Config.folderName(root), tool);
        write(root.resolve(Config.FILE), first.yaml(), written);
        LedgerPaths ledger = place.config().map(Config::ledger).orElse(LedgerPaths.DEFAULT);
        for (LedgerFile file : LedgerFile.values()) {
            String text = new String(file.template(), StandardCharsets.UTF_8);
            write(root.resolve(ledger.path(file).toString()), text, written);
        }
        ExitCode told = setup.carryOut(edits, wharf.output(), written);
        if (dryRun) {
            return told;
        }
        ProjectFolder folder = ProjectFolder.open(terminal, where.own(terminal));
        var trusted = new KeeperAnswer(terminal, new KeeperClient(folder).ask("trust"));
        if (trusted.code() != ExitCode.DONE) {
            return trusted.print(OutputFormat.TABLE);
        }
        if (wharf.output() == OutputFormat.TABLE) {
            first.steps(!clients.isEmpty()).forEach(terminal.out()::println);
        }
        return told;
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

    /** A client's name, or the nearest one that was meant. */
    static final class ToClient implements ITypeConverter<Client> {
        @Override
        public Client convert(String word) {
            return Client.of(word)
                    .orElseThrow(() ->
                            new TypeConversionException(
                                    Setting.unknown("no client", word, Client.words())));
        }
    }
}
