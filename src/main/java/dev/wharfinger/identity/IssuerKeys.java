package dev.wharfinger.identity;

import com.nimbusds.jose.jwk.JWK;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;

/**
 * The issuer's keys as they were last seen. They are fetched anew after ten minutes, and when a
 * token names one that is not among them, but never twice in half a minute, whoever asks. While the
 * issuer cannot be asked, what was seen goes on for an hour; then nobody comes in.
 */
final class IssuerKeys {
    static final Duration FRESH = Duration.ofMinutes(10);
    static final Duration KEPT = Duration.ofHours(1);
    static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Logger LOG = Logger.getLogger(IssuerKeys.class.getName());

    private final IssuerPages pages;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Seen seen = new Seen(List.of(), Instant.MIN);
    private volatile Instant tried = Instant.MIN;

    private record Seen(List<JWK> keys, Instant when) {
        boolean isWithin(Duration age, Instant now) {
            return !when.equals(Instant.MIN) && now.isBefore(when.plus(age));
        }

        List<JWK> named(String id) {
            return keys.stream().filter(key -> id.equals(key.getKeyID())).toList();
        }
    }

    IssuerKeys(IssuerPages pages, InstantSource clock) {
        this.pages = pages;
        this.clock = clock;
    }

    /** Whether the issuer is to be asked before a token with that key is decided about. */
    boolean mustAsk(String id) {
        Instant now = clock.instant();
        boolean may =
                tried.equals(Instant.MIN)
                        || now.isBefore(tried)
                        || !now.isBefore(tried.plus(PAUSE));
        return may && (!seen.isWithin(FRESH, now) || seen.named(id).isEmpty());
    }

    /** Whether there are keys that can still be believed. */
    boolean areKnown() {
        return seen.isWithin(KEPT, clock.instant());
    }

    /** The keys of that id; none where nothing can be believed any more. */
    List<JWK> named(String id) {
        return areKnown() ? seen.named(id) : List.of();
    }

    /** Asks the issuer where that is still to be done; others wait for the one who asks. */
    void ask(String id) {
        asking.lock();
        try {
            if (mustAsk(id)) {
                fetch();
            }
        } finally {
            asking.unlock();
        }
    }

    private void fetch() {
        Instant now = clock.instant();
        try {
            seen = new Seen(pages.keys(), now);
        } catch (IOException e) {
            LOG.warning("the keys of the tokens' issuer cannot be read: " + e.getMessage());
        } finally {
            tried = now;
        }
    }
}
