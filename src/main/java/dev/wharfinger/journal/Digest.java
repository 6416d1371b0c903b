package dev.wharfinger.journal;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A SHA-256 value: of a leaf, of a node or of a whole tree (RFC 6962, section 2.1). Two digests are
 * equal when their bytes are.
 */
public final class Digest {
    /** Bytes of a digest. */
    public static final int BYTES = 32;

    /** The root of the tree without leaves: SHA-256 of nothing. */
    public static final Digest EMPTY_ROOT =
            ofHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The digest with these bytes; exactly 32. */
    public static Digest of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a digest has 32 bytes, not " + bytes.length);
        }
        return new Digest(bytes.clone());
    }

    /** The digest written in 64 hex digits. */
    public static Digest ofHex(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /** The digest written in Base64, as in a checkpoint. */
    public static Digest ofBase64(String text) {
        return of(Base64.getDecoder().decode(text));
    }

    /** SHA-256 of these bytes as they are, without a prefix. */
    public static Digest sha256(byte[] content) {
        return new Digest(Hasher.sha256().digest(content));
    }

    /** The hash of a leaf: SHA-256(0x00 ‖ entry). */
    public static Digest ofLeaf(byte[] entry) {
        return new Hasher().leaf(entry, 0, entry.length);
    }

    /** The hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
    public static Digest ofNode(Digest left, Digest right) {
        return new Hasher().node(left, right);
    }

    /** Takes the array as it is; nobody else may keep it. */
    static Digest ofOwn(byte[] bytes) {
        return new Digest(bytes);
    }

    void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, BYTES);
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** 64 lower-case hex digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** Standard Base64 with padding: 44 characters. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
