package dev.wharfinger.proof;

import dev.wharfinger.workspace.SourceDigest;

/**
 * Evidence for one gate, bound to the sources it was made from.
 *
 * @param passedCount what was seen to be right: tests that passed; 0 where nothing is counted
 * @param failedCount what was seen to be wrong: failed tests, findings at or above the block level
 * @param summary one line for the card
 */
public record GateProof(
        GateId gate,
        SourceDigest of,
        Strength strength,
        boolean passed,
        int passedCount,
        int failedCount,
        String summary) {
    public GateProof {
        if (passedCount < 0 || failedCount < 0) {
            throw new IllegalArgumentException("a count below zero in a proof of " + gate);
        }
    }

    /**
     * Whether it opens its gate for what is to be shipped: the same sources, strong enough, passed,
     * nothing wrong in it, and for tests at least one that passed. Zero tests never hold.
     */
    public boolean holdsFor(SourceDigest shipping, Strength least) {
        return of.equals(shipping)
                && strength.reaches(least)
                && passed
                && failedCount == 0
                && (passedCount > 0 || !gate.equals(GateId.TEST));
    }
}
