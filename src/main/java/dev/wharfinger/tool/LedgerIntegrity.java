package dev.wharfinger.tool;

import dev.wharfinger.ledger.Plan;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.GateSettings;
import dev.wharfinger.shift.Event;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.Git;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.List;
import java.util.Optional;

/**
 * The integrity check before a handoff: the declared command in a clean checkout, or the built-in
 * look: PLAN.md can be understood, and the journal has not stopped. A script that the command names
 * runs only as a person accepted it, whatever the commit holds.
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
        return command.isPresent()
                ? check.problem(
                        settings.get(), command.get(), commit -> unaccepted(commit, command.get()))
                : builtIn();
    }

    private Optional<String> unaccepted(CommitId commit, List<String> command) {
        Git git = project.workspace().git();
        return command.stream()
                .flatMap(word -> RuleFiles.script(word).stream())
                .filter(name ->
                        git.files(commit).stream().anyMatch(file -> file.path().equals(name))
                                && !isAccepted(name, git.blob(commit, name)))
                .findFirst()
                .map(name ->
                        "`"
                                + name
                                + "` of this commit is not what a person accepted, and does not"
                                + " run; `wharf trust` shows the difference");
    }

    /** A link has no content of its own, and is nothing that anybody accepted. */
    private boolean isAccepted(WorkspacePath name, Optional<byte[]> content) {
        return content.isPresent()
                && project.state()
                        .policy()
                        .filter(policy ->
                                policy.files()
                                        .contains(
                                                new Event.RuleFile(
                                                        name.toString(),
                                                        ContentHash.of(content.get()))))
                        .isPresent();
    }

    private Optional<String> builtIn() {
        if (project.recorder().journal().stopped()) {
            return Optional.of("the journal has stopped");
        }
        return library.readable(project.settings().ledger().plan())
                .flatMap(file -> Plan.parse(file.path().toString(), file.bytes()).problem());
    }
}
