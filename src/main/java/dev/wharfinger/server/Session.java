package dev.wharfinger.server;

import dev.wharfinger.mcp.Conversation;
import dev.wharfinger.mcp.Revision;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A legacy HTTP client's session: its conversation and its streams. Its id only finds it again and
 * is never an authority: whoever uses it must be the caller who opened it.
 */
final class Session {
    private static final int MAX_STREAMS = 64;

    private final String id;
    private final Conversation conversation;
    private final EventLog standing = new EventLog("g", true);
    private final SequencedMap<String, EventLog> streams = new LinkedHashMap<>();
    private long opened;
    private volatile Instant used;

    Session(String id, Object caller, Instant now) {
        this.id = id;
        this.conversation = new Conversation(caller, standing);
        this.used = now;
    }

    String id() {
        return id;
    }

    Conversation conversation() {
        return conversation;
    }

    /** What the server says by itself, carried by the client's GET. */
    EventLog standing() {
        return standing;
    }

    Instant used() {
        return used;
    }

    void use(Instant now) {
        used = now;
    }

    /** A new stream for one request; the oldest finished one is forgotten when there are many. */
    synchronized EventLog open() {
        if (streams.size() >= MAX_STREAMS) {
            streams.values().stream()
                    .filter(EventLog::isFinished)
                    .findFirst()
                    .ifPresent(old -> streams.remove(old.name()));
        }
        boolean resumable =
                conversation
                        .revision()
                        .filter(revision -> revision.isAtLeast(Revision.V2025_11_25))
                        .isPresent();
        EventLog stream = new EventLog(Long.toString(++opened), resumable);
        streams.put(stream.name(), stream);
        return stream;
    }

    /** The stream of this name, finished or not. */
    synchronized Optional<EventLog> stream(String name) {
        return name.equals(standing.name())
                ? Optional.of(standing)
                : Optional.ofNullable(streams.get(name));
    }

    /** Cancels what runs and ends every stream. */
    synchronized void close() {
        conversation.close();
        standing.finish();
        streams.values().forEach(EventLog::finish);
    }
}
