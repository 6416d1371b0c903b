package dev.wharfinger.cli;

import dev.wharfinger.approval.Choice;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** {@code wharf deny}: a person says no, with a signature and a reason. */
@Command(name = "deny", description = "Says no to a plan or question, with your SSH key.")
final class DenyCommand implements Callable<ExitCode> {
    @Mixin private PlaceOptions where = new PlaceOptions();
    @Mixin private DecideOptions how = new DecideOptions();

    @Parameters(paramLabel = "ID", description = "The plan or question.")
    private String id = "";

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "What the agent and its user are told.")
    private String reason = "";

    private final Terminal terminal;
    private final Wharf wharf;

    DenyCommand(Terminal terminal, Wharf wharf) {
        this.terminal = terminal;
        this.wharf = wharf;
    }

    @Override
    public ExitCode call() throws Exception {
        Desk desk = how.desk(terminal, where);
        return new PersonDecides(terminal, wharf, desk, how).decide(id, Choice.DENY, reason);
    }
}
