package dev.wharfinger.cli;

import dev.wharfinger.console.DecisionAnswers;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** {@code wharf rollback}: a person takes back what runs, also at three in the morning. */
@Command(
        name = "rollback",
        description = "Takes an environment back to the version before, at once.")
final class RollbackCommand implements Callable<ExitCode> {
    @Mixin private PlaceOptions where = new PlaceOptions();

    @Parameters(paramLabel = "ENV", description = "The environment.")
    private String environment = "";

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "What is wrong; it stands in the notice, the ticket and the journal.")
    private String reason = "";

    @Option(
            names = "--to-version",
            paramLabel = "VERSION",
            description = "A version that ran there earlier; else the one before.")
    private @Nullable String version;

    private final Terminal terminal;
    private final Wharf wharf;

    RollbackCommand(Terminal terminal, Wharf wharf) {
        this.terminal = terminal;
        this.wharf = wharf;
    }

    @Override
    public ExitCode call() throws Exception {
        var answer =
                KeeperClient.inAnEmergency(terminal, where)
                        .ask(
                                "rollback",
                                environment,
                                DecisionAnswers.encoded(reason),
                                version == null ? "-" : version);
        return new KeeperAnswer(terminal, answer).print(wharf.output());
    }
}
