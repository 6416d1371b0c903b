package dev.wharfinger.tool;

import dev.wharfinger.deploy.Cause;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.deploy.LocalTarget;
import dev.wharfinger.deploy.PhaseTime;
import dev.wharfinger.deploy.Result;
import dev.wharfinger.deploy.Runner;
import dev.wharfinger.deploy.SmokeResult;
import dev.wharfinger.deploy.StepEvent;
import dev.wharfinger.deploy.Target;
import dev.wharfinger.deploy.Trail;
import dev.wharfinger.ledger.RunbookRow;
import dev.wharfinger.ledger.SessionEvent;
import dev.wharfinger.persona.PhaseKind;
import dev.wharfinger.policy.Unfinished;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Deployment;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ReleaseRecord;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Carries deployments out, and writes down how they ended: journal, runbook, session log. */
public final class DeployDesk {
    private static final String ROLLBACK = "rollback-active";
    private static final String SOAK = "soak";
    private final Project project;
    private final LedgerDesk ledger;
    private final Function<EnvironmentSettings, LocalTarget> targets;
    private final Supplier<Runner> runner;

    DeployDesk(
            Project project,
            LedgerDesk ledger,
            Function<EnvironmentSettings, LocalTarget> targets,
            Supplier<Runner> runner) {
        this.project = project;
        this.ledger = ledger;
        this.targets = targets;
        this.runner = runner;
    }

    /** The target of an environment. */
    LocalTarget target(EnvironmentSettings environment) {
        return targets.apply(environment);
    }

    /** What has begun in this environment and not ended, and whether one of these jobs is at it. */
    Optional<Unfinished> unfinished(String environment, Jobs jobs) {
        return project.alone(() ->
                project.state().unfinished().stream()
                        .filter(open -> open.environment().equals(environment))
                        .findFirst()
                        .map(open ->
                                new Unfinished(open, jobs.isRunning(Deploy.job(open.plan())))));
    }

    /** Runs a granted deployment to its end. Once begun it goes on, whoever stops listening. */
    Event.DeployFinished run(Pen pen, DeployPlan plan, DeployGrant grant) {
        Target target = targets.apply(settings(plan.environment()));
        Result result = runner.get().run(grant, target, trail(pen), () -> false);
        return finish(pen, plan, grant.deployment(), result);
    }

    /** After a crash: looks at the target, then finishes the deployment or takes it back. */
    Event.DeployFinished recover(
            Pen pen, DeployPlan plan, Deployment deployment, DeployGrant grant) {
        Target target = targets.apply(settings(plan.environment()));
        Result result = runner.get().recover(grant, target, deployment.progress(), trail(pen));
        return finish(pen, plan, deployment.id(), result);
    }

    private EnvironmentSettings settings(String environment) {
        return project.settings().environment(environment).orElseThrow();
    }

    private static Trail trail(Pen pen) {
        return new Trail() {
            @Override
            public void intend(StepEvent event) {
                pen.recordDurably(new Event.DeployStep(event, false));
            }

            @Override
            public void done(StepEvent event) {
                pen.recordDurably(new Event.DeployStep(event, true));
            }
        };
    }

    private Event.DeployFinished finish(
            Pen pen, DeployPlan plan, String deployment, Result result) {
        Event.DeployFinished end = end(plan, deployment, result);
        if (result instanceof Result.Live live) { // first: after the end nobody would run it again
            pen.record(
                    new Event.SmokeRan(
                            plan.environment(),
                            Optional.of(plan.artifact()),
                            true,
                            lines(live.smoke())));
        }
        pen.recordDurably(end);
        writeDown(pen, plan, end);
        return end;
    }

    /** Whether the ledger tells of this end; the line in the session log comes last. */
    static boolean isWrittenDown(Pen pen, Event.DeployFinished end) {
        return notice(pen, end).written().isPresent();
    }

    private static Pen notice(Pen pen, Event.DeployFinished end) {
        return pen.once("notice " + end.deployment());
    }

    /** Phases, runbook and session log tell of the end; each once, however often this is done. */
    void writeDown(Pen pen, DeployPlan plan, Event.DeployFinished end) {
        project.alone(() -> {
            phases(pen, plan, end);
            ledger.runbook(pen.once("runbook " + end.deployment()), row(pen, plan, end));
            boolean rolledBack = end.outcome().filter(ROLLBACK::equals).isPresent();
            if (rolledBack
                    && !isTakenBack(end.deployment())) { // else the return has told of itself
                new ReturnNotices(project, ledger).writeOfSoak(pen, plan, end);
            }
            ledger.session(
                    notice(pen, end),
                    end.state().equals("done") ? SessionEvent.NOTE : SessionEvent.NOTICE,
                    plan.version()
                            + " to "
                            + plan.environment()
                            + " "
                            + end.state()
                            + ": "
                            + Shown.brief(end.detail(), 200),
                    Optional.empty());
            return true;
        });
    }

    private RunbookRow row(Pen pen, DeployPlan plan, Event.DeployFinished end) {
        return new RunbookRow(
                project.clock().instant(),
                plan.version(),
                plan.environment(),
                plan.commit().sha().substring(0, 10),
                plan.artifact().substring(0, 12),
                end.state(),
                plan.rollback().map(ReleaseRecord::version).orElse("absent"),
                pen.caller().principal().value(),
                Shown.brief(end.detail(), 200));
    }

    private Event.DeployFinished end(DeployPlan plan, String deployment, Result result) {
        String state;
        String detail;
        Optional<String> outcome;
        Optional<ReleaseRecord> runs = project.state().runs(plan.environment());
        List<SmokeResult> smoke = List.of();
        Optional<String> url = Optional.empty();
        switch (result) {
            case Result.Live live -> {
                state = "done";
                detail = "live at " + live.url() + ", " + live.observed().detail();
                boolean production = settings(plan.environment()).after().isPresent();
                outcome = Optional.of(production ? "shipped-production" : "shipped-staging");
                runs =
                        Optional.of(
                                new ReleaseRecord(
                                        plan.artifact(),
                                        plan.version(),
                                        plan.commit(),
                                        deployment));
                smoke = live.smoke();
                url = Optional.of(live.url().toString());
            }
            case Result.RolledBack back -> {
                state = "rolled_back";
                detail = back.step() + ": " + back.reason() + "; " + restored(back);
                boolean wasLive = back.step().equals(SOAK);
                outcome = Optional.of(wasLive ? ROLLBACK : outcome(back.whose()));
                smoke = back.smoke();
            }
            case Result.Failed failed -> {
                state = "failed";
                detail = failed.step() + ": " + failed.reason();
                outcome = Optional.of(outcome(failed.whose()));
            }
            case Result.Unresolved open when open.whose() == Cause.OVERTAKEN -> {
                state = "rolled_back";
                detail = open.step() + ": a return has taken the target: " + open.reason();
                outcome = Optional.of(isTakenBack(deployment) ? ROLLBACK : outcome(open.whose()));
            }
            case Result.Unresolved open -> {
                state = "unresolved";
                detail = open.step() + ": " + open.reason();
                outcome = Optional.of("infra-failure");
            }
        }
        return new Event.DeployFinished(
                deployment,
                plan.id(),
                plan.environment(),
                state,
                Shown.brief(detail, 600),
                outcome,
                runs,
                lines(smoke),
                url,
                result.times().stream().map(DeployDesk::rounded).toList());
    }

    private boolean isTakenBack(String deployment) {
        return project.state().returns().takes(deployment);
    }

    private static String restored(Result.RolledBack back) {
        return back.restored()
                .map(release -> release.version() + " runs again")
                .orElse("nothing runs, as before");
    }

    private static PhaseTime rounded(PhaseTime time) {
        return new PhaseTime(time.way(), time.phase(), time.took().truncatedTo(ChronoUnit.MILLIS));
    }

    private static String outcome(Cause cause) {
        return switch (cause) {
            case CONFIGURATION -> "config-issue";
            case BUILD -> "build-broken";
            case INFRASTRUCTURE, OVERTAKEN -> "infra-failure";
            case ASKED -> ROLLBACK;
        };
    }

    private static List<String> lines(List<SmokeResult> smoke) {
        return smoke.stream()
                .map(result ->
                        (result.passed() ? "pass " : "FAIL ")
                                + result.check().url()
                                + ": "
                                + Shown.brief(result.observed(), 160)
                                + " ("
                                + result.millis()
                                + " ms)")
                .toList();
    }

    private void phases(Pen pen, DeployPlan plan, Event.DeployFinished end) {
        boolean production = settings(plan.environment()).after().isPresent();
        if (!end.state().equals("done")) {
            return;
        }
        phase(pen, production ? PhaseKind.PRODUCTION : PhaseKind.STAGING);
        phase(pen, PhaseKind.SMOKE);
    }

    /** Ends a phase: a line in the session log with its output, and an event. */
    void phase(Pen pen, PhaseKind kind) {
        pen.caller()
                .persona()
                .phase(kind)
                .filter(phase -> !pen.state().phases().containsKey(phase.number()))
                .ifPresent(phase -> {
                    ledger.session(
                            pen.once("phase " + phase.number()),
                            SessionEvent.PHASE,
                            phase.number() + " " + phase.name(),
                            Optional.of(phase.output()));
                    pen.record(new Event.PhaseDone(phase.number(), phase.output()));
                });
    }
}
