package dev.wharfinger.proof;

/**
 * A version that a text names. A claim is not a proof: it stands until something real shows it.
 *
 * @param name the package, image or action; empty for a Git tag
 * @param line from 1
 */
public record Claim(Kind kind, String name, String version, int line) {
    /** What the version is of. */
    public enum Kind {
        /** {@code lodash@4.17.21}. */
        PACKAGE,
        /** {@code postgres:16.2}. */
        IMAGE,
        /** {@code actions/checkout@v4}. */
        ACTION,
        /** {@code v1.4.0}. */
        GIT_TAG
    }

    /** As it stands in the text. */
    public String text() {
        return switch (kind) {
            case PACKAGE, ACTION -> name + "@" + version;
            case IMAGE -> name + ":" + version;
            case GIT_TAG -> version;
        };
    }
}
