package dev.wharfinger.deploy;

import java.util.regex.Pattern;

/**
 * The SHA-256 of an artifact: over its sorted (path, mode, SHA-256 of the content). It names the
 * bytes wherever they lie, so the same digest is the same release.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record ArtifactDigest(String hex) {
    private static final Pattern GRAMMAR = Pattern.compile("[0-9a-f]{64}");

    public ArtifactDigest {
        if (!GRAMMAR.matcher(hex).matches()) {
            throw new IllegalArgumentException("a digest is 64 hexadecimal digits: " + hex);
        }
    }

    /** The first twelve digits, for people. */
    public String brief() {
        return hex.substring(0, 12);
    }

    @Override
    public String toString() {
        return hex;
    }
}
