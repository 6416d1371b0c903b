package dev.wharfinger.journal;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a verification of a journal found. {@code size} and {@code root} are of the log as it was
 * read, {@code checkpointSize} and {@code checkpointRoot} as they were signed.
 */
public record Verification(
        Verdict verdict,
        long size,
        Digest root,
        long checkpointSize,
        Digest checkpointRoot,
        List<Problem> problems) {
    /** Whether every byte up to the checkpoint is what was signed. */
    public enum Verdict {
        VERIFIED,
        BROKEN
    }

    /** One thing that does not hold, and the entry at which it lies where that is known. */
    public record Problem(OptionalLong index, String what) {}

    public Verification {
        problems = List.copyOf(problems);
        if ((verdict == Verdict.VERIFIED) != problems.isEmpty()) {
            throw new IllegalArgumentException("verified means without a problem");
        }
    }

    /** Whether it holds. */
    public boolean isVerified() {
        return verdict == Verdict.VERIFIED;
    }
}
