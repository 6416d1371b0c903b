package dev.wharfinger.workspace;

/**
 * The SHA-256 over a commit's files, as 64 lower-case hex digits: for each file, sorted by the
 * UTF-8 bytes of its path, {@code path NUL mode NUL blob-id LF}. What a proof is bound to.
 */
public record SourceDigest(String hex) {
    public SourceDigest {
        if (!ContentHash.isHex(hex, 64)) {
            throw new IllegalArgumentException("not 64 lower-case hex digits: " + hex);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
