package dev.wharfinger.cli;

import dev.wharfinger.approval.Choice;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** {@code wharf approve}: a person says yes, with a signature. */
@Command(
        name = "approve",
        description = "Shows what waits for a person, and decides with your SSH key.")
final class ApproveCommand implements Callable<ExitCode> {
    @Mixin private PlaceOptions where = new PlaceOptions();
    @Mixin private DecideOptions how = new DecideOptions();

    @Parameters(
            paramLabel = "ID",
            arity = "0..1",
            description = "The plan or question; without one, everything that waits is listed.")
    private @Nullable String id;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Kept beside the decision.")
    private String reason = "";

    private final Terminal terminal;
    private final Wharf wharf;

    ApproveCommand(Terminal terminal, Wharf wharf) {
        this.terminal = terminal;
        this.wharf = wharf;
    }

    @Override
    public ExitCode call() throws Exception {
        Desk desk = how.desk(terminal, where);
        var person = new PersonDecides(terminal, wharf, desk, how);
        return id == null ? person.list() : person.decide(id, Choice.APPROVE, reason);
    }
}
