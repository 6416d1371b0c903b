package dev.wharfinger.deploy;

import java.util.regex.Pattern;

/**
 * The SHA-256 that names a plan and is its idempotency key.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record PlanDigest(String hex) {
    private static final Pattern GRAMMAR = Pattern.compile("[0-9a-f]{64}");

    public PlanDigest {
        if (!GRAMMAR.matcher(hex).matches()) {
            throw new IllegalArgumentException("a digest is 64 hexadecimal digits: " + hex);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
