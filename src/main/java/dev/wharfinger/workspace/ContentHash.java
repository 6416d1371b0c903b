package dev.wharfinger.workspace;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of a file's bytes, as 64 lower-case hex digits. */
public record ContentHash(String hex) {
    public ContentHash {
        if (!isHex(hex, 64)) {
            throw new IllegalArgumentException("not 64 lower-case hex digits: " + hex);
        }
    }

    /** The hash of these bytes. */
    public static ContentHash of(byte[] bytes) {
        return new ContentHash(HexFormat.of().formatHex(sha256().digest(bytes)));
    }

    @Override
    public String toString() {
        return hex;
    }

    static boolean isHex(String text, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    static MessageDigest sha256() {
        try {
            return (MessageDigest)
                    Fresh.DIGEST.clone(); // looked up once: providers are slow to ask
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's digests can be copied", e);
        }
    }

    /** A digest that nothing was put into. */
    private static final class Fresh {
        static final MessageDigest DIGEST = digest();

        private static MessageDigest digest() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }
}
