package dev.wharfinger.call;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many calls a caller may send: a bucket of them for each principal and persona, which fills
 * again with time. An agent at work never meets its end; a client gone wild does, and leaves the
 * others their server.
 */
public final class CallBudget {
    /** Calls at once. */
    public static final int BURST = 300;

    /** Calls a second that come back. */
    public static final int A_SECOND = 20;

    private static final long NANOS = Duration.ofSeconds(1).toNanos() / A_SECOND;
    private final InstantSource clock;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** Full buckets; {@code clock} tells how they fill. */
    public CallBudget(InstantSource clock) {
        this.clock = clock;
    }

    /** Takes one call of this caller; else how long until there is one. */
    Optional<Duration> take(Caller caller) {
        String whose = caller.principal().value() + " " + caller.persona().name();
        Instant now = clock.instant();
        return buckets.computeIfAbsent(whose, _ -> new Bucket(now)).take(now);
    }

    /** What one caller may still send; the part of a call that time has made so far is kept. */
    private static final class Bucket {
        private int left = BURST;
        private Instant counted;

        Bucket(Instant now) {
            counted = now;
        }

        synchronized Optional<Duration> take(Instant now) {
            fill(now);
            if (left == 0) {
                return Optional.of(Duration.between(now, counted.plusNanos(NANOS)));
            }
            left--;
            return Optional.empty();
        }

        private void fill(Instant now) {
            if (now.isBefore(counted) || left == BURST) {
                counted = now; // a clock that was set back gives nothing and takes nothing
                return;
            }
            Duration since = Duration.between(counted, now);
            long more = Math.min(BURST, since.getSeconds() * A_SECOND + since.getNano() / NANOS);
            if (left + more >= BURST) {
                left = BURST;
                counted = now;
            } else {
                left += (int) more;
                counted = counted.plusNanos(more * NANOS);
            }
        }
    }
}
