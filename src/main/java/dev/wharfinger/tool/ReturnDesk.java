package dev.wharfinger.tool;

import dev.wharfinger.call.Caller;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.deploy.LocalTarget;
import dev.wharfinger.deploy.Observed;
import dev.wharfinger.deploy.Result;
import dev.wharfinger.deploy.Runner;
import dev.wharfinger.deploy.StepEvent;
import dev.wharfinger.deploy.Trail;
import dev.wharfinger.policy.Returning.Undo;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.EntryText;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.PeopleEvent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes back what runs: first the return itself, then everything that is written about it. What
 * cannot be written is told, and never keeps the return from happening.
 */
final class ReturnDesk {
    private final Project project;
    private final Undoing undoing;
    private final ReturnNotices notices;
    private final Function<EnvironmentSettings, LocalTarget> targets;
    private final Supplier<Runner> runner;
    private final Owed owed;

    ReturnDesk(
            Project project,
            LedgerDesk ledger,
            Function<EnvironmentSettings, LocalTarget> targets,
            Supplier<Runner> runner,
            Owed owed) {
        this.project = project;
        this.undoing = new Undoing(project);
        this.notices = new ReturnNotices(project, ledger);
        this.targets = targets;
        this.runner = runner;
        this.owed = owed;
    }

    /** How a return ended, and what was written about it, or could not be. */
    record Returned(PeopleEvent.ReturnFinished end, List<String> notices, List<String> recorded) {
        Returned {
            notices = List.copyOf(notices);
            recorded = List.copyOf(recorded);
        }
    }

    /** What would be taken back; nothing, where nothing of ours is there. */
    Optional<Undo> undo(String environment, Optional<String> version) {
        return undoing.undo(environment, version);
    }

    /** Goes back, now. */
    Returned run(Pen pen, Undo undo, DeployGrant grant, String reason) {
        long began = System.nanoTime();
        var recorded = new ArrayList<String>();
        var begun =
                new PeopleEvent.ReturnStarted(
                        grant.deployment(),
                        undo.environment(),
                        undo.undone(),
                        undo.from(),
                        undo.to(),
                        grant.fence(),
                        Shown.brief(reason, 500));
        write(pen, begun, recorded);
        LocalTarget target = targets.apply(settings(undo.environment()));
        Result result = runner.get().rollBack(grant, begun.reason(), target, trail(pen));
        return ended(pen, begun, result, target.observe(), began, recorded);
    }

    /** Ends a return whose keeper died. */
    Returned again(
            Pen pen,
            PeopleEvent.ReturnStarted begun,
            DeployGrant grant,
            dev.wharfinger.deploy.Progress progress) {
        long began = System.nanoTime();
        LocalTarget target = targets.apply(settings(begun.environment()));
        Result result =
                runner.get().returnAgain(grant, begun.reason(), target, progress, trail(pen));
        return ended(pen, begun, result, target.observe(), began, new ArrayList<>());
    }

    private Returned ended(
            Pen pen,
            PeopleEvent.ReturnStarted begun,
            Result result,
            Observed seen,
            long began,
            List<String> recorded) {
        boolean back = result instanceof Result.RolledBack;
        String detail =
                switch (result) {
                    case Result.RolledBack done ->
                            done.restored()
                                            .map(release -> release.version() + " runs again: ")
                                            .orElse("nothing runs, as before: ")
                                    + seen.detail();
                    case Result.Unresolved open -> open.step() + ": " + open.reason();
                    case Result.Failed failed -> failed.step() + ": " + failed.reason();
                    case Result.Live live -> live.observed().detail();
                };
        var end =
                new PeopleEvent.ReturnFinished(
                        begun.id(),
                        begun.environment(),
                        back ? "rolled_back" : "unresolved",
                        Shown.brief(detail, 600),
                        back ? begun.to() : project.state().runs(begun.environment()),
                        Duration.ofNanos(System.nanoTime() - began).toMillis());
        write(pen, end, recorded);
        if (pen.at().isPresent()) {
            write(pen, new Event.OutcomeObserved("rollback-active", end.detail()), recorded);
        }
        return new Returned(end, notices.write(pen, begun, end, recorded), recorded);
    }

    private EnvironmentSettings settings(String environment) {
        return project.settings().environment(environment).orElseThrow();
    }

    private Trail trail(Pen pen) {
        return new Trail() {
            @Override
            public void intend(StepEvent event) {
                pen.recordDurably(new Event.DeployStep(event, false));
            }

            @Override
            public void done(StepEvent event) {
                pen.record(new Event.DeployStep(event, true));
            }
        };
    }

    /** Durable before it goes on; a journal that cannot take it is told, and the line is owed. */
    private void write(Pen pen, Event event, List<String> recorded) {
        try {
            pen.recordDurably(event);
        } catch (RuntimeException stopped) {
            Logger.getLogger(ReturnDesk.class.getName())
                    .log(Level.WARNING, "the journal cannot take " + event, stopped);
            recorded.add("the journal is stopped: it is owed, and the next start journals it");
            owed.note(
                    new EntryText()
                            .write(
                                    project.clock().instant(),
                                    pen.caller().principal(),
                                    Optional.of(pen.caller().persona().name()),
                                    pen.at(),
                                    event));
        }
    }

    /** The plan by which the deployment came that a return takes back; a digest of nothing else. */
    String planOf(PeopleEvent.ReturnStarted begun) {
        return project.state().all().stream()
                .filter(deployment -> deployment.id().equals(begun.undone()))
                .findFirst()
                .flatMap(deployment -> project.state().plan(deployment.plan()))
                .map(DeployPlan::digest)
                .orElse("0".repeat(64));
    }

    /** Who writes of a return that no shift asked for. */
    Pen penOf(Caller caller) {
        return new Pen(project, caller, Optional.empty(), Optional.empty());
    }
}
