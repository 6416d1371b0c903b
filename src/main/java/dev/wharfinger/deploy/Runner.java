package dev.wharfinger.deploy;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Has a target's steps done, in order: each intent is durable before its effect, each outcome
 * after. A failure before the switch leaves what runs untouched; a failure after it leads back to
 * the version before, at once and once. It never goes forward again after it has turned back.
 */
public final class Runner {
    private final Pace pace;

    public Runner(Pace pace) {
        this.pace = pace;
    }

    /**
     * Carries out the grant.
     *
     * @param cancelled heeded until the switch; from then on the deployment runs to its end
     */
    public Result run(DeployGrant grant, Target target, Trail trail, BooleanSupplier cancelled) {
        return new Deployment(grant, target, trail, Progress.NONE, cancelled, pace).forward();
    }

    /**
     * Leaves the grant's release and goes back to its previous one, or to nothing. It waits for no
     * running deployment: it takes the target from it.
     */
    public Result rollBack(DeployGrant grant, String reason, Target target, Trail trail) {
        return new Deployment(grant, target, trail, Progress.NONE, () -> false, pace)
                .back(Cause.ASKED, "rollback", reason);
    }

    /** The same return once more, after its deployer died: what is done of it is not done again. */
    public Result returnAgain(
            DeployGrant grant, String reason, Target target, Progress progress, Trail trail) {
        return new Deployment(grant, target, trail, progress, () -> false, pace)
                .back(Cause.ASKED, "rollback", reason);
    }

    /**
     * Ends a deployment whose deployer died, wherever it was: looks at the target, then finishes,
     * or goes back where it had already turned back or cannot be finished. Steps that have happened
     * are not done again.
     *
     * @param progress what the trail holds of it
     */
    public Result recover(DeployGrant grant, Target target, Progress progress, Trail trail) {
        var deployment = new Deployment(grant, target, trail, progress, () -> false, pace);
        Optional<String> turned = turnedBack(grant, target, progress);
        return turned.isPresent()
                ? deployment.back(Cause.BUILD, "recovery", turned.get())
                : deployment.forward();
    }

    /** The target knows it too: a return is never undone, even where the trail lost it. */
    private static Optional<String> turnedBack(
            DeployGrant grant, Target target, Progress progress) {
        try {
            return progress.turnedBack() || target.happened(new Probe.FenceTaken(Way.BACK), grant)
                    ? Optional.of(progress.reason())
                    : Optional.empty();
        } catch (StepFailed unseen) {
            // The first step looks at the same fence and fails with this very reason.
            return Optional.empty();
        }
    }
}
