package dev.wharfinger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * Marks bytes as this log's own, for this log's own eyes: HMAC-SHA256 (<a
 * href="https://www.rfc-editor.org/rfc/rfc2104">RFC 2104</a>) under a key that only the holder of
 * the log's private key can make. For what strangers verify there are signatures; a signature costs
 * a process that has just begun twenty times as much.
 */
final class Seal {
    private static final int BLOCK = 64;
    private final byte[] key;

    private Seal(byte[] key) {
        this.key = key;
    }

    /** A seal for one purpose, from a secret. */
    static Seal of(byte[] secret, String purpose) {
        return new Seal(new Seal(secret.clone()).code(purpose.getBytes(UTF_8)));
    }

    /** The seal of these bytes, one part behind the other, in Base64. */
    String over(byte[]... parts) {
        return Base64.getEncoder().encodeToString(code(parts));
    }

    /** Whether this is their seal. */
    boolean holds(String seal, byte[]... parts) {
        return MessageDigest.isEqual(over(parts).getBytes(UTF_8), seal.getBytes(UTF_8));
    }

    private byte[] code(byte[]... parts) {
        MessageDigest sha = Hasher.sha256();
        sha.update(padded((byte) 0x36));
        for (byte[] part : parts) {
            sha.update(part);
        }
        byte[] inner = sha.digest();
        sha.update(padded((byte) 0x5c));
        return sha.digest(inner);
    }

    private byte[] padded(byte with) {
        byte[] pad = Arrays.copyOf(key, BLOCK); // a key of 32 bytes is shorter than a block
        for (int i = 0; i < BLOCK; i++) {
            pad[i] ^= with;
        }
        return pad;
    }
}
