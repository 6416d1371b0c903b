package dev.wharfinger.call;

import tools.jackson.databind.node.ObjectNode;

/**
 * The answer of the one door: the outcome as it will be shown, and the size that the journal must
 * have reached durably before the answer may leave.
 */
public record Answer(
        Outcome outcome, String text, ObjectNode structured, boolean isError, long durableUpTo) {
    /** What it was encoded to before, where it was given before. */
    public Kept kept() {
        return outcome instanceof Outcome.Done done ? done.kept() : Kept.nothing();
    }
}
