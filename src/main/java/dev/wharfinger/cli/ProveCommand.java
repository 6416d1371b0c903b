package dev.wharfinger.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Files;
import java.util.concurrent.Callable;

/** {@code wharf prove}: runs a gate's declared command at HEAD and records what it said. */
@Command(
        name = "prove",
        description =
                "Runs a gate's declared command in a clean checkout of HEAD and records the proof.")
final class ProveCommand implements Callable<ExitCode> {
    @Mixin private PlaceOptions where = new PlaceOptions();

    @Parameters(paramLabel = "GATE", description = "test, security, ux, ci …")
    private String gate = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Writes the proof as JSON to this file too.")
    private @Nullable String file;

    private final Terminal terminal;
    private final Wharf wharf;

    ProveCommand(Terminal terminal, Wharf wharf) {
        this.terminal = terminal;
        this.wharf = wharf;
    }

    @Override
    public ExitCode call() throws Exception {
        Desk desk = KeeperClient.at(terminal, where);
        var answer = new KeeperAnswer(terminal, desk.ask("prove", gate));
        if (file != null && !answer.data().isMissingNode()) {
            Files.writeString(terminal.resolve(file), answer.data() + "\n");
        }
        return answer.print(wharf.output());
    }
}
