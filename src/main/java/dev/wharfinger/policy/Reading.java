package dev.wharfinger.policy;

/** How a file that a shift must know stands with that shift. */
public enum Reading {
    /** The project has no such file; there is nothing to read. */
    ABSENT,
    /** Never shown to the shift. */
    UNSEEN,
    /** A listing showed it; it was not read. */
    LISTED,
    /** Read, and what decides in it is still so. */
    FRESH,
    /** Read, and changed since by somebody else. */
    STALE;

    /** Whether an action may rest on it. */
    public boolean done() {
        return this == FRESH || this == ABSENT;
    }
}
