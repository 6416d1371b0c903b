package dev.wharfinger.tool;

import dev.wharfinger.ledger.Plan;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.GateSettings;

import java.util.List;
import java.util.Optional;

/**
 * The integrity check before a handoff: the declared command in a clean checkout, or the built-in
 * look: PLAN.md can be understood, and the journal has not stopped.
 */
final class LedgerIntegrity implements Integrity {
    private final Project project;
    private final Library library;
    private final DeclaredCheck check;

    LedgerIntegrity(Project project, Library library, DeclaredCheck check) {
        this.project = project;
        this.library = library;
        this.check = check;
    }

    @Override
    public Optional<String> problem() {
        Optional<GateSettings> settings =
                project.settings().gate(GateId.INTEGRITY).filter(GateSettings::applies);
        Optional<List<String>> command = settings.flatMap(GateSettings::command);
        return command.isPresent() ? check.problem(settings.get(), command.get()) : builtIn();
    }

    private Optional<String> builtIn() {
        if (project.recorder().journal().stopped()) {
            return Optional.of("the journal has stopped");
        }
        return library.readable(project.settings().ledger().plan())
                .flatMap(file -> Plan.parse(file.path().toString(), file.bytes()).problem());
    }
}
