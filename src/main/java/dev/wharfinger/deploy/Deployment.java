package dev.wharfinger.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One deployment while it runs: where it is, how long each phase took, what was seen. */
final class Deployment {
    private final DeployGrant grant;
    private final Target target;
    private final Trail trail;
    private final Progress progress;
    private final BooleanSupplier cancelled;
    private final Pace pace;
    private final List<PhaseTime> times = new ArrayList<>();
    private final List<SmokeResult> smoke = new ArrayList<>();
    private boolean reachedSwitch;
    private boolean passedSwitch;
    private String owed = "";

    Deployment(
            DeployGrant grant,
            Target target,
            Trail trail,
            Progress progress,
            BooleanSupplier cancelled,
            Pace pace) {
        this.grant = grant;
        this.target = target;
        this.trail = trail;
        this.progress = progress;
        this.cancelled = cancelled;
        this.pace = pace;
        this.reachedSwitch = progress.intends(Way.FORWARD, "switch");
        this.passedSwitch = progress.intends(Way.FORWARD, "stop");
    }

    Result forward() {
        try (var hold = target.hold(grant, Way.FORWARD)) {
            for (var step : target.rollout(grant.release(), grant.previous())) {
                try {
                    walk(step, Way.FORWARD);
                } catch (StepFailed failed) {
                    if (!step.effect().isOptional() || failed instanceof StaleFence) {
                        return failed(step.effect().phase(), failed);
                    }
                    leave(step, failed);
                }
            }
            var observed = target.observe();
            boolean ours = observed.release().equals(Optional.of(grant.release().artifact()));
            return observed.healthy() && ours
                    ? new Result.Live(observed, smoke, target.url(), times)
                    : failed("observe", new StepFailed(Cause.BUILD, observed.detail()));
        } catch (StepFailed busy) {
            return passedSwitch || reachedSwitch
                    ? new Result.Unresolved(busy.whose(), busy.reason(), "hold", times)
                    : new Result.Failed(busy.whose(), "hold", busy.reason(), times);
        }
    }

    /** Goes back, whatever led there. */
    Result back(Cause whose, String step, String reason) {
        try (var hold = target.hold(grant, Way.BACK)) {
            return goBack(whose, step, reason);
        } catch (StepFailed unreachable) {
            return new Result.Unresolved(
                    unreachable.whose(), reason + "; then " + unreachable.reason(), "hold", times);
        }
    }

    private Result failed(String phase, StepFailed failed) {
        if (failed instanceof SmokeFailed seen) {
            smoke.addAll(seen.results());
        }
        if (!switched()) {
            return new Result.Failed(failed.whose(), phase, failed.reason(), times);
        }
        if (failed instanceof StaleFence) {
            return new Result.Unresolved(Cause.OVERTAKEN, failed.reason(), phase, times);
        }
        return goBack(failed.whose(), phase, failed.reason());
    }

    /** The release runs and passed; what was not tidied is told and changes nothing. */
    private void leave(Step step, StepFailed failed) {
        try {
            var detail = "not done: " + failed.reason();
            done(event(Way.FORWARD, step.effect().phase(), detail), Way.FORWARD);
        } catch (StepFailed broken) {
            owed = "; " + broken.reason();
        }
    }

    private boolean switched() {
        if (passedSwitch || !reachedSwitch) {
            return passedSwitch;
        }
        try {
            var there = new Probe.CurrentIs(Optional.of(grant.release()));
            return target.happened(there, grant);
        } catch (StepFailed unseen) {
            // Not known: going back is right in both cases, leaving it is not.
            return true;
        }
    }

    private Result goBack(Cause whose, String phase, String reason) {
        // The return must not be given up because its thread was interrupted on the way there.
        boolean interrupted = Thread.interrupted();
        try {
            for (var step : target.rollback(grant.release(), grant.previous())) {
                try {
                    walk(withReason(step, reason), Way.BACK);
                } catch (StepFailed failed) {
                    return new Result.Unresolved(
                            failed.whose(),
                            "%s (in %s); the return failed in %s: %s%s"
                                    .formatted(
                                            reason,
                                            phase,
                                            step.effect().phase(),
                                            failed.reason(),
                                            owed),
                            step.effect().phase(),
                            times);
                }
            }
            return new Result.RolledBack(
                    whose, reason + owed, phase, grant.previous(), smoke, times);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The reason of the return stands in the trail, so that a recovery can tell it. */
    private static Step withReason(Step step, String reason) {
        return step.effect() instanceof Effect.TakeFence
                ? new Step(reason, step.effect(), step.probe(), step.limit())
                : step;
    }

    private void walk(Step step, Way way) throws StepFailed {
        var phase = step.effect().phase();
        if (way == Way.FORWARD) {
            if (!reachedSwitch && cancelled.getAsBoolean()) {
                throw new StepFailed(Cause.OVERTAKEN, "the deployment was cancelled");
            }
            reachedSwitch |= phase.equals("switch");
        }
        var watch = pace.start();
        try {
            if (happened(step)) {
                if (!progress.isDone(way, phase)) {
                    intend(event(way, phase, step.title()), way);
                    done(event(way, phase, "found done"), way);
                }
            } else {
                intend(event(way, phase, step.title()), way);
                done(event(way, phase, perform(step)), way);
            }
        } finally {
            times.add(new PhaseTime(way, phase, watch.passed()));
        }
        passedSwitch |= way == Way.FORWARD && phase.equals("switch");
    }

    private boolean happened(Step step) throws StepFailed {
        if (step.probe() instanceof Probe.Again) {
            return false;
        }
        try {
            return target.happened(step.probe(), grant);
        } catch (RuntimeException bug) {
            throw unexpected("the probe", bug);
        }
    }

    private String perform(Step step) throws StepFailed {
        try {
            var done = target.perform(step, grant, cancelled);
            smoke.addAll(done.smoke());
            return done.detail();
        } catch (RuntimeException bug) {
            throw unexpected("the step", bug);
        }
    }

    /** A bug must not leave a target half switched, so it fails the step like anything else. */
    private static StepFailed unexpected(String what, RuntimeException bug) {
        return new StepFailed(Cause.INFRASTRUCTURE, what + " failed unexpectedly: " + bug, bug);
    }

    private void intend(StepEvent event, Way way) throws StepFailed {
        written(() -> trail.intend(event), way);
    }

    private void done(StepEvent event, Way way) throws StepFailed {
        written(() -> trail.done(event), way);
    }

    /** On the way back a broken trail is told and never a reason to leave a target broken too. */
    private void written(Runnable write, Way way) throws StepFailed {
        try {
            write.run();
        } catch (RuntimeException broken) {
            if (way == Way.FORWARD) {
                throw new StepFailed(
                        Cause.INFRASTRUCTURE, "the trail cannot be written: " + broken, broken);
            }
            owed = "; the trail could not be written: " + broken;
        }
    }

    private StepEvent event(Way way, String phase, String detail) {
        return new StepEvent(grant.deployment(), grant.fence(), way, phase, detail);
    }
}
