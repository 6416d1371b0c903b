package dev.wharfinger.deploy;

/** Whose fault a failed step is, so that the handoff goes to the right persona. */
public enum Cause {
    /** The target's settings, its folder, its port, or a variable. */
    CONFIGURATION,
    /** The release itself: it does not build, start, become healthy, or pass its smoke tests. */
    BUILD,
    /** The target could not be reached, written or read. */
    INFRASTRUCTURE,
    /** Somebody else has the target, or the deployment was cancelled. */
    OVERTAKEN,
    /** Nobody's: the return was asked for. */
    ASKED
}
