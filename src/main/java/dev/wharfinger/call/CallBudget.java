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
    /** Calls a second that come back, where nobody said otherwise. */
    public static final int USUAL = 20;

    /** So many seconds' calls may come at once. */
    private static final int BURST_SECONDS = 15;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private final InstantSource clock;
    private final int aSecond;
    private final Map<String, Map<String, Bucket>> buckets = new ConcurrentHashMap<>();

    /**
     * Full buckets.
     *
     * @param clock tells how they fill
     * @param aSecond calls a second that come back; fifteen seconds' may come at once
     */
    public CallBudget(InstantSource clock, int aSecond) {
        this.clock = clock;
        this.aSecond = aSecond;
    }

    /** Calls a second that come back. */
    int aSecond() {
        return aSecond;
    }

    /** Calls at once. */
    int burst() {
        return aSecond * BURST_SECONDS;
    }

    /** Takes one call of this caller; else how long until there is one. */
    Optional<Duration> take(Caller caller) {
        Instant now = clock.instant();
        return buckets.computeIfAbsent(caller.principal().value(), _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(caller.persona().name().value(), _ -> new Bucket(now))
                .take(now);
    }

    /** What one caller may still send; the part of a call that time has made so far is kept. */
    private final class Bucket {
        private int left = burst();
        private Instant counted;

        Bucket(Instant now) {
            counted = now;
        }

        synchronized Optional<Duration> take(Instant now) {
            fill(now);
            if (left == 0) {
                return Optional.of(Duration.between(now, counted.plusNanos(SECOND / aSecond)));
            }
            left--;
            return Optional.empty();
        }

        private void fill(Instant now) {
            if (now.isBefore(counted) || left == burst()) {
                counted = now; // a clock that was set back gives nothing and takes nothing
                return;
            }
            Duration since = Duration.between(counted, now);
            long more =
                    Math.min(
                            burst(),
                            since.getSeconds() * aSecond
                                    + since.getNano() * (long) aSecond / SECOND);
            if (left + more >= burst()) {
                left = burst();
                counted = now;
            } else {
                left += (int) more;
                counted = counted.plusNanos(more * (SECOND / aSecond));
            }
        }
    }
}
