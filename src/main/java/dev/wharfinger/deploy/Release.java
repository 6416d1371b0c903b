package dev.wharfinger.deploy;

import dev.wharfinger.workspace.CommitId;

/** What is shipped: the artifact's bytes, the version people call them by, and their commit. */
public record Release(ArtifactDigest artifact, String version, CommitId commit) {
    private static final int LONGEST_VERSION = 128;

    public Release {
        if (version.isBlank()
                || version.length() > LONGEST_VERSION
                || version.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a release has a version of one line: " + version);
        }
    }

    /** For people: {@code 1.4.0 (3f2a9c0d1e4b)}. */
    @Override
    public String toString() {
        return version + " (" + artifact.brief() + ")";
    }
}
