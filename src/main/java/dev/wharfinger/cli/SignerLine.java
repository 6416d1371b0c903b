package dev.wharfinger.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line of OpenSSH's {@code allowed_signers}: who, and with which kind of key. Read only as far as
 * to see that it is one; what it allows is decided where signatures are verified.
 */
record SignerLine(String name, String keyType) {
    /** Principals, options with quoted values, the key's type, the key; a comment may follow. */
    private static final Pattern LINE =
            Pattern.compile(
                    "(\\S+)\\s+(?:(?:[a-z-]+(?:=\"[^\"]*\")?)(?:,[a-z-]+(?:=\"[^\"]*\")?)*\\s+)??"
                            + "((?:sk-|webauthn-sk-)?(?:ssh|ecdsa)-[A-Za-z0-9@.-]+)"
                            + "\\s+([A-Za-z0-9+/]+={0,2})(?:\\s.*)?");

    static Optional<SignerLine> parse(String line) {
        var parts = LINE.matcher(line);
        if (!parts.matches() || !isKeyOf(parts.group(2), parts.group(3))) {
            return Optional.empty();
        }
        return Optional.of(new SignerLine(parts.group(1), parts.group(2)));
    }

    /** A key's first field is its type once more. */
    private static boolean isKeyOf(String type, String base64) {
        try {
            ByteBuffer key = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            byte[] inside = new byte[type.length()];
            if (key.remaining() <= Integer.BYTES + inside.length || key.getInt() != inside.length) {
                return false;
            }
            key.get(inside);
            return new String(inside, US_ASCII).equals(type);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
