package dev.wharfinger.cli;

import dev.wharfinger.approval.Choice;
import dev.wharfinger.tool.Diff;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * {@code wharf trust}: shows what changed in the rules since they were accepted, and accepts it.
 */
@Command(
        name = "trust",
        description =
                "Shows what changed in the rules since a person accepted them, and accepts it.")
final class TrustCommand implements Callable<ExitCode> {
    @Mixin private PlaceOptions where = new PlaceOptions();

    @Mixin private DecideOptions how = new DecideOptions();

    @Option(names = "--dry-run", description = "Shows what changed and accepts nothing.")
    private boolean dryRun;

    private final Terminal terminal;
    private final Wharf wharf;

    TrustCommand(Terminal terminal, Wharf wharf) {
        this.terminal = terminal;
        this.wharf = wharf;
    }

    @Override
    public ExitCode call() throws Exception {
        ProjectFolder folder = ProjectFolder.open(terminal, where.own(terminal));
        boolean changed = false;
        for (var entry : folder.ruleFiles().entrySet()) {
            byte[] now = entry.getValue().orElse(new byte[0]);
            byte[] before = folder.trustedBytes(entry.getKey()).orElse(new byte[0]);
            if (!Arrays.equals(now, before)) {
                changed = true;
                show(entry.getKey(), before, now);
            }
        }
        if (dryRun) {
            return changed ? ExitCode.NO : ExitCode.DONE;
        }
        var keeper = new KeeperClient(folder);
        var answer = new KeeperAnswer(terminal, keeper.ask("trust"));
        String asked = answer.data().path("ask").asString("");
        return asked.isEmpty()
                ? answer.print(wharf.output())
                : new PersonDecides(terminal, wharf, keeper::ask, how)
                        .decide(asked, Choice.APPROVE, "");
    }

    private void show(String name, byte[] before, byte[] now) {
        if (wharf.output() == OutputFormat.JSON) {
            return;
        }
        boolean fresh = before.length == 0;
        Optional<String> diff =
                fresh
                        ? Optional.empty()
                        : Optional.of(
                                Diff.unified(
                                        name,
                                        new String(before, StandardCharsets.UTF_8),
                                        new String(now, StandardCharsets.UTF_8)));
        terminal.out().println((fresh ? "new      " : "changed  ") + name);
        diff.ifPresent(terminal.out()::println);
    }
}
