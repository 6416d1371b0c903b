package dev.wharfinger.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** The legacy sessions of one server: so many, so long idle, each with an id of 256 random bits. */
final class Sessions {
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Duration idle;
    private final int most;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    Sessions(RandomGenerator random, InstantSource clock, Duration idle, int most) {
        this.random = random;
        this.clock = clock;
        this.idle = idle;
        this.most = most;
    }

    /** A new session, or nothing when too many are in use. */
    synchronized Optional<Session> open(Object caller) {
        Instant now = clock.instant();
        sweep(now);
        if (sessions.size() >= most) {
            return Optional.empty();
        }
        byte[] bits = new byte[32];
        random.nextBytes(bits);
        Session session = new Session(HexFormat.of().formatHex(bits), caller, now);
        sessions.put(session.id(), session);
        return Optional.of(session);
    }

    /** The session of this id, for the caller who opened it and for nobody else. */
    Optional<Session> find(String id, Object caller) {
        Instant now = clock.instant();
        Optional<Session> found =
                Optional.ofNullable(sessions.get(id))
                        .filter(session -> session.conversation().caller().equals(caller));
        if (found.filter(session -> isIdle(session, now)).isPresent()) {
            close(found.get());
            return Optional.empty();
        }
        found.ifPresent(session -> session.use(now));
        return found;
    }

    void close(Session session) {
        sessions.remove(session.id(), session);
        session.close();
    }

    void closeAll() {
        List.copyOf(sessions.values()).forEach(this::close);
    }

    private void sweep(Instant now) {
        for (Session session : List.copyOf(sessions.values())) {
            if (isIdle(session, now)) {
                close(session);
            }
        }
    }

    private boolean isIdle(Session session, Instant now) {
        return session.conversation().running() == 0
                && !session.standing().isCarried()
                && session.used().plus(idle).isBefore(now);
    }
}
