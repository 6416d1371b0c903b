package dev.wharfinger.console;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What keys are asked to sign at a login: ours for three minutes, and answered once. A challenge
 * carries its own end under a seal, so asking for many costs no memory and pushes nobody's out;
 * only those that an accepted key has answered are remembered, until they would have ended anyway.
 */
final class Challenges {
    private static final Duration LIFE = Duration.ofMinutes(3);
    private static final int NONCE = 24;
    private static final int SEALED = NONCE + Long.BYTES;

    private final RandomGenerator random;
    private final InstantSource clock;
    private final byte[] key = new byte[32];
    private final Map<String, Instant> answered = new HashMap<>();

    /**
     * @param random must be cryptographically strong
     */
    Challenges(RandomGenerator random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
        random.nextBytes(key);
    }

    /** A new one. */
    String next() {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed =
                ByteBuffer.allocate(SEALED)
                        .put(nonce)
                        .putLong(clock.instant().plus(LIFE).toEpochMilli())
                        .array();
        byte[] whole = Arrays.copyOf(sealed, SEALED + 32);
        System.arraycopy(seal(sealed), 0, whole, SEALED, 32);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** Takes one that was answered; true where it is ours, not too late, and the first time. */
    synchronized boolean take(String challenge) {
        Instant now = clock.instant();
        answered.values().removeIf(end -> !now.isBefore(end));
        byte[] whole = Base64.getUrlDecoder().decode(challenge);
        if (whole.length != SEALED + 32) {
            return false;
        }
        byte[] sealed = Arrays.copyOf(whole, SEALED);
        boolean ours =
                MessageDigest.isEqual(
                        seal(sealed), Arrays.copyOfRange(whole, SEALED, whole.length));
        Instant end = Instant.ofEpochMilli(ByteBuffer.wrap(sealed).getLong(NONCE));
        String name = Base64.getEncoder().encodeToString(sealed); // one spelling for each
        return ours && now.isBefore(end) && answered.putIfAbsent(name, end) == null;
    }

    private byte[] seal(byte[] sealed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update("wharf-login".getBytes(US_ASCII));
            return mac.doFinal(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
