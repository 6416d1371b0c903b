package dev.wharfinger.workspace;

/** The id of a Git commit, as 40 lower-case hex digits. */
public record CommitId(String sha) {
    public CommitId {
        if (!ContentHash.isHex(sha, 40)) {
            throw new IllegalArgumentException("not 40 lower-case hex digits: " + sha);
        }
    }

    /** The first seven digits, for people. Never enough to name a commit to a machine. */
    public String shortened() {
        return sha.substring(0, 7);
    }

    @Override
    public String toString() {
        return sha;
    }
}
