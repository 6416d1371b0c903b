package dev.wharfinger.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.JSONObjectUtils;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A token as it was shown: taken apart, and not believed yet. What its header says of keys
 * elsewhere ({@code jwk}, {@code jku}, {@code x5u}, {@code x5c}) is not looked at by anybody.
 *
 * @param kid which of the issuer's keys is said to have signed it
 */
record PresentedToken(
        JWSHeader header,
        SigningAlgorithm algorithm,
        String kid,
        TokenClaims claims,
        byte[] signed,
        byte[] signature) {
    private static final int MOST_BYTES = 8 << 10;
    private static final String NO_OBJECT = "the token is no JSON object in Base64";

    /**
     * Takes a text apart.
     *
     * @throws TokenInvalid where it is no token that this server reads
     */
    static PresentedToken of(String text) throws TokenInvalid {
        if (text.length() > MOST_BYTES) {
            throw new TokenInvalid("the token is longer than 8 KiB");
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new TokenInvalid("the token is no signed JWT");
        }
        Map<String, Object> header = json(parts[0]);
        SigningAlgorithm algorithm = algorithm(header);
        String kid = kid(header);
        return new PresentedToken(
                header(header),
                algorithm,
                kid,
                new TokenClaims(json(parts[1])),
                (parts[0] + "." + parts[1]).getBytes(US_ASCII),
                bytes(parts[2]));
    }

    private static JWSHeader header(Map<String, Object> header) throws TokenInvalid {
        if (header.containsKey("crit") || header.containsKey("b64")) {
            throw new TokenInvalid("the token asks for what this server does not know");
        }
        if (!(header.get("typ") instanceof String type) || !isType(type)) {
            throw new TokenInvalid("the token's type is neither at+jwt nor JWT");
        }
        try {
            return JWSHeader.parse(header);
        } catch (ParseException | RuntimeException unreadable) {
            throw new TokenInvalid("the token's header cannot be read");
        }
    }

    private static boolean isType(String type) {
        return type.equalsIgnoreCase("at+jwt")
                || type.equalsIgnoreCase("application/at+jwt")
                || type.equalsIgnoreCase("JWT");
    }

    private static SigningAlgorithm algorithm(Map<String, Object> header) throws TokenInvalid {
        Optional<SigningAlgorithm> known =
                header.get("alg") instanceof String word
                        ? SigningAlgorithm.of(word)
                        : Optional.empty();
        return known.orElseThrow(() -> new TokenInvalid("the token's algorithm is not taken"));
    }

    private static String kid(Map<String, Object> header) throws TokenInvalid {
        if (header.get("kid") instanceof String id && !id.isEmpty()) {
            return id;
        }
        throw new TokenInvalid("the token does not name its key");
    }

    private static Map<String, Object> json(String part) throws TokenInvalid {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(part))).toString();
            if (text.startsWith("{")) { // the library takes a list of pairs for an object too
                return JSONObjectUtils.parse(text);
            }
        } catch (CharacterCodingException | ParseException | RuntimeException unreadable) {
            throw new TokenInvalid(NO_OBJECT);
        }
        throw new TokenInvalid(NO_OBJECT);
    }

    /** The JDK's decoder refuses what is not of the alphabet; padding has no place here. */
    private static byte[] bytes(String part) throws TokenInvalid {
        try {
            if (!part.isEmpty() && !part.endsWith("=")) {
                return Base64.getUrlDecoder().decode(part);
            }
        } catch (IllegalArgumentException foreign) {
            throw new TokenInvalid("the token is not written in Base64");
        }
        throw new TokenInvalid("the token is not written in Base64");
    }
}
