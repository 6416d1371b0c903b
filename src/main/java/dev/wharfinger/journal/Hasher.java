package dev.wharfinger.journal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Hashes leaves and nodes one after another with one algorithm object: in a process that has just
 * begun, looking the algorithm up costs more than the hash. Not safe for several threads.
 */
final class Hasher {
    private static final MessageDigest EMPTY = lookedUp();
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha = sha256();
    private final byte[] node = new byte[1 + 2 * Digest.BYTES];

    Digest leaf(byte[] buffer, int offset, int length) {
        sha.update(LEAF);
        sha.update(buffer, offset, length);
        return Digest.ofOwn(sha.digest());
    }

    Digest node(Digest left, Digest right) {
        node[0] = NODE;
        left.copyTo(node, 1);
        right.copyTo(node, 1 + Digest.BYTES);
        return Digest.ofOwn(sha.digest(node));
    }

    /** The algorithm itself: a copy of one that was looked up, since the look costs more. */
    static MessageDigest sha256() {
        try {
            return (MessageDigest) EMPTY.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's digests can be copied", e);
        }
    }

    private static MessageDigest lookedUp() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
