package dev.wharfinger.deploy;

/** What stands at a target's {@code current}. */
sealed interface Current {
    /** Nothing. */
    record None() implements Current {}

    /** A link to a release. */
    record At(ArtifactDigest digest) implements Current {}

    /** Something that no deployment puts there. */
    record Strange(String what) implements Current {}
}
