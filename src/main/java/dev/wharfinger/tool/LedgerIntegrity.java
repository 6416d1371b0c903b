package dev.wharfinger.tool;

import dev.wharfinger.command.CommandResult;
import dev.wharfinger.command.CommandSpec;
import dev.wharfinger.command.Redactor;
import dev.wharfinger.ledger.Plan;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.GateSettings;
import dev.wharfinger.workspace.CommitId;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The integrity check before a handoff: the declared command in a clean checkout, or the built-in
 * look: PLAN.md can be understood, and the journal has not stopped.
 */
final class LedgerIntegrity implements Integrity {
    private final Project project;
    private final Library library;
    private final Sources sources;
    private final Scratch scratch;

    LedgerIntegrity(Project project, Library library, Sources sources, Scratch scratch) {
        this.project = project;
        this.library = library;
        this.sources = sources;
        this.scratch = scratch;
    }

    @Override
    public Optional<String> problem() {
        Optional<GateSettings> settings =
                project.settings().gate(GateId.INTEGRITY).filter(GateSettings::applies);
        Optional<List<String>> command = settings.flatMap(GateSettings::command);
        return command.isPresent() ? run(settings.get(), command.get()) : builtIn();
    }

    private Optional<String> builtIn() {
        if (project.recorder().journal().stopped()) {
            return Optional.of("the journal has stopped");
        }
        return library.readable(project.settings().ledger().plan())
                .flatMap(file -> Plan.parse(file.path().toString(), file.bytes()).problem());
    }

    private Optional<String> run(GateSettings settings, List<String> command) {
        Optional<CommitId> head = sources.head();
        if (head.isEmpty()) {
            return Optional.of("there is no commit to check");
        }
        try (Scratch.Folder checkout = scratch.folder()) {
            sources.git().export(head.get(), checkout.path());
            CommandResult result =
                    project.commands()
                            .get()
                            .run(
                                    new CommandSpec(command, settings.env(), settings.limit()),
                                    checkout.path(),
                                    Redactor.ofNames(project.environment(), settings.env()),
                                    () -> false);
            return result.succeeded()
                    ? Optional.empty()
                    : Optional.of(
                            "`"
                                    + String.join(" ", command)
                                    + "` "
                                    + (result.timedOut()
                                            ? "was not done in time"
                                            : "ended with " + result.exit())
                                    + ": "
                                    + Shown.brief(result.lastLines(3), 200));
        } catch (IOException e) {
            return Optional.of("the check could not run: " + e.getMessage());
        }
    }
}
