package dev.wharfinger.console;

import dev.wharfinger.approval.Approver;
import dev.wharfinger.approval.Approvers;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Who is logged in. Kept in memory: after a restart everybody touches the key once more. A login
 * ends with the key: whoever was revoked is out at once.
 */
final class Visitors {
    /** A person who is logged in, and the token that only the person's own pages know. */
    record Visitor(Approver person, String csrf, Instant until) {}

    private static final Duration LOGIN = Duration.ofHours(1);
    private static final int MOST = 1000;

    private final RandomGenerator random;
    private final InstantSource clock;
    private final Supplier<Approvers> approvers;
    private final SequencedMap<String, Visitor> logins = new LinkedHashMap<>();

    /**
     * @param random must be cryptographically strong
     */
    Visitors(RandomGenerator random, InstantSource clock, Supplier<Approvers> approvers) {
        this.random = random;
        this.clock = clock;
        this.approvers = approvers;
    }

    /** Logs somebody in; the cookie's value. Only its digest is kept. */
    synchronized String login(Approver person) {
        while (logins.size() >= MOST) { // each has cost an accepted key's touch
            logins.pollFirstEntry();
        }
        String cookie = secret();
        logins.put(digest(cookie), new Visitor(person, secret(), clock.instant().plus(LOGIN)));
        return cookie;
    }

    /** Who has this cookie. */
    synchronized Optional<Visitor> of(Optional<String> cookie) {
        if (cookie.isEmpty()) {
            return Optional.empty();
        }
        String digest = digest(cookie.get());
        Visitor visitor = logins.get(digest);
        if (visitor == null) {
            return Optional.empty();
        }
        boolean holds =
                clock.instant().isBefore(visitor.until())
                        && approvers.get().all().contains(visitor.person());
        if (!holds) {
            logins.remove(digest);
            return Optional.empty();
        }
        return Optional.of(visitor);
    }

    synchronized void logout(Optional<String> cookie) {
        cookie.map(Visitors::digest).ifPresent(logins::remove);
    }

    private String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String digest(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
