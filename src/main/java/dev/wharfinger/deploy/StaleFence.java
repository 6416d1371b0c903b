package dev.wharfinger.deploy;

/** The target refuses this deployer: another deployment, or another way of it, has the fence. */
public final class StaleFence extends StepFailed {
    private static final long serialVersionUID = 1L;

    public StaleFence(String reason) {
        super(Cause.OVERTAKEN, reason);
    }
}
