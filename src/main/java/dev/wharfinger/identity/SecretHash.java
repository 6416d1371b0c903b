package dev.wharfinger.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The SHA-256 of a token's secret, which is what is kept of it. Four numbers and no text, since
 * every call makes one and compares it.
 */
public record SecretHash(long first, long second, long third, long fourth) {
    private static final int BYTES = 4 * Long.BYTES;
    private static final MessageDigest EMPTY = sha256();

    /** The hash of this secret. */
    public static SecretHash of(String secret) {
        try {
            var digest = (MessageDigest) EMPTY.clone(); // each call hashes one
            return of(ByteBuffer.wrap(digest.digest(secret.getBytes(StandardCharsets.UTF_8))));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's digests can be copied", e);
        }
    }

    /**
     * The hash that is written so.
     *
     * @throws IllegalArgumentException where that is not 64 digits of hex in lower case
     */
    public static SecretHash parse(String hex) {
        if (hex.length() != 2 * BYTES || !hex.equals(hex.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not a hash of a token");
        }
        return of(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    private static SecretHash of(ByteBuffer hash) {
        return new SecretHash(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }

    /** Whether both are the same; takes as long for any other. */
    boolean matches(SecretHash other) {
        long different = first ^ other.first;
        different |= second ^ other.second;
        different |= third ^ other.third;
        different |= fourth ^ other.fourth;
        return different == 0;
    }

    /** In hex, as it is kept. */
    @Override
    public String toString() {
        ByteBuffer hash = ByteBuffer.allocate(BYTES);
        hash.putLong(first).putLong(second).putLong(third).putLong(fourth);
        return HexFormat.of().formatHex(hash.array());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
