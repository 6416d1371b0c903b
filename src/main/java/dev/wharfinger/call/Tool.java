package dev.wharfinger.call;

/**
 * One tool. It decides nothing by itself: it gathers facts, asks {@code policy}, and spends grants.
 */
public interface Tool {
    /** What it is called, takes and gives. */
    Traits traits();

    /**
     * Runs the call. Throws nothing on purpose: a no is {@link Outcome.Refused}, a failing world
     * {@link Outcome.Failed}; whatever is thrown is a bug and becomes an incident.
     */
    Outcome run(Turn turn);

    /** What the door must know of a tool before it runs. */
    record Traits(String name, Standing standing, Nature nature, Pace pace) {}

    /** Whether a shift must be open. */
    enum Standing {
        /** It needs no shift and leaves no trace in one. */
        NO_SHIFT,
        /** It answers without one, then leaves no sighting. */
        SHIFT_OR_NONE,
        /** Without an open shift the answer is {@code shift.none}. */
        SHIFT
    }

    /** Whether it changes files, targets or decisions; {@code --read-only} lists none that does. */
    enum Nature {
        READS,
        /** Writes into the journal what was seen, and nothing that decides. */
        RECORDS,
        CHANGES
    }

    /**
     * Whether it may block for long; then it runs on a thread of its own, outside the project's
     * lock.
     */
    enum Pace {
        SHORT,
        WAITS
    }
}
