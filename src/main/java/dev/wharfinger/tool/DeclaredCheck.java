package dev.wharfinger.tool;

import dev.wharfinger.command.CommandResult;
import dev.wharfinger.command.CommandSpec;
import dev.wharfinger.command.Redactor;
import dev.wharfinger.proof.GateSettings;
import dev.wharfinger.workspace.CommitId;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Runs a command that {@code wharf.yaml} declares as a check, in a clean checkout of HEAD. */
record DeclaredCheck(Project project, Sources sources, Scratch scratch) {
    /** Why it does not pass; empty where it does. */
    Optional<String> problem(GateSettings settings, List<String> command) {
        return problem(settings, command, _ -> Optional.empty());
    }

    /**
     * The same.
     *
     * @param unfit why the command may not run in a checkout of this commit; empty where it may
     */
    Optional<String> problem(
            GateSettings settings,
            List<String> command,
            Function<CommitId, Optional<String>> unfit) {
        Optional<CommitId> head = sources.head();
        if (head.isEmpty()) {
            return Optional.of("there is no commit to check");
        }
        Optional<String> no = unfit.apply(head.get());
        if (no.isPresent()) {
            return no;
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
