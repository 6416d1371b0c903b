package dev.wharfinger.deploy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Where a deployment goes. It says what to do as data; a {@link Runner} has it done. */
public interface Target {
    /** The steps to this release. Building them does nothing. */
    List<Step> rollout(Release release, Optional<Release> from);

    /** The steps from this release back to what was before; empty: stop and remove. */
    List<Step> rollback(Release from, Optional<Release> to);

    /** What runs now. Changes nothing; a dead service stays dead and is told. */
    Observed observe();

    /** Where people open what runs here. */
    URI url();

    /**
     * Keeps other deployers away until closed.
     *
     * @throws StepFailed where another deployment is under way, and says which
     */
    Hold hold(DeployGrant grant, Way way) throws StepFailed;

    /**
     * Does one step's effect.
     *
     * @return what was seen, one line
     * @throws StaleFence where the target belongs to a later deployment
     */
    Done perform(Step step, DeployGrant grant, BooleanSupplier cancelled) throws StepFailed;

    /** Whether the step's effect has already happened. */
    boolean happened(Probe probe, DeployGrant grant) throws StepFailed;

    /** A hold on a target. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** What a step saw; smoke results where it ran smoke tests. */
    record Done(String detail, List<SmokeResult> smoke) {
        public Done {
            smoke = List.copyOf(smoke);
        }

        public static Done of(String detail) {
            return new Done(detail, List.of());
        }
    }
}
