package dev.wharfinger.identity;

import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A bearer token as it is kept: who may use it for what, and the hash of its secret. The secret
 * itself is 256 random bits, shown once, so one round of SHA-256 is enough.
 *
 * @param person the human for whom it was made
 * @param hash SHA-256 of the secret, in hex
 */
public record Token(
        String name, PersonaName persona, String person, String hash, Optional<Instant> expires) {
    private static final String PREFIX = "wharf_";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
    private static final String PERSON = "[A-Za-z0-9][A-Za-z0-9._+-]{0,63}";

    public Token {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a token's name: `" + name + "`");
        }
        if (!isPerson(person)) {
            throw new IllegalArgumentException("not a person's name: `" + person + "`");
        }
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a hash of a token: " + name);
        }
    }

    /** Whether a token may be called that. */
    public static boolean isName(String text) {
        return text.matches(NAME);
    }

    /** Whether a person may be called that. */
    public static boolean isPerson(String text) {
        return text.matches(PERSON);
    }

    /** A fresh secret; the random source must be cryptographically strong. */
    public static String secret(RandomGenerator random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The hash under which a secret is kept. */
    public static String hash(String secret) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether this is the token of that secret's hash; takes as long for a wrong one. */
    boolean isOf(String otherHash) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII),
                otherHash.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether it still holds. */
    public boolean holds(Instant now) {
        return expires.filter(end -> !now.isBefore(end)).isEmpty();
    }

    /** The principal of calls with it: the token's name, and the human behind it. */
    public Principal principal() {
        return Principal.token(name, person);
    }
}
