package dev.wharfinger.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.mcp.JsonBytes;
import dev.wharfinger.mcp.Outlet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * One stream of a legacy session. It outlives the connection that carries it: a client that comes
 * back with the last event that it saw gets what it missed of this stream, and of no other. At most
 * 256 events and 1 MiB are kept, the oldest go first.
 */
final class EventLog implements Outlet {
    private static final int MAX_EVENTS = 256;
    private static final int MAX_BYTES = 1 << 20;
    private static final int RETRY_MILLIS = 1000;

    private record Event(long number, byte[] bytes) {}

    private final String name;
    private final boolean resumable;
    private final Deque<Event> kept = new ArrayDeque<>();
    private Optional<EventStream> carrier = Optional.empty();
    private long last;
    private long keptBytes;
    private boolean finished;

    /**
     * @param name unique in its session
     * @param resumable whether this revision's clients know an event without data (2025-11-25 on)
     */
    EventLog(String name, boolean resumable) {
        this.name = name;
        this.resumable = resumable;
    }

    String name() {
        return name;
    }

    /** Carries this stream on from after that event, in place of whoever carried it before. */
    synchronized void carry(EventStream by, long after) {
        carrier.ifPresent(EventStream::end);
        carrier = Optional.of(by);
        if (after == 0 && resumable) {
            by.event(primer(), false);
        }
        for (Event event : kept) {
            if (event.number() > after) {
                by.event(event.bytes(), false);
            }
        }
        if (finished) {
            by.end();
        }
    }

    /** Carries it from its beginning unless another connection does: false then. */
    synchronized boolean carryAlone(EventStream by) {
        if (isCarried()) {
            return false;
        }
        carry(by, 0);
        return true;
    }

    /** This connection carries it no longer. */
    synchronized void drop(EventStream by) {
        if (carrier.filter(held -> held == by).isPresent()) {
            carrier = Optional.empty();
        }
    }

    synchronized boolean isCarried() {
        return carrier.isPresent();
    }

    synchronized boolean isFinished() {
        return finished;
    }

    @Override
    public void send(ObjectNode message) {
        append(message, false);
    }

    @Override
    public void offer(ObjectNode message) {
        append(message, true);
    }

    /** Closes the connection, not the stream: the client is expected to come back for the rest. */
    @Override
    public synchronized void rest() {
        if (resumable) {
            carrier.ifPresent(EventStream::end);
            carrier = Optional.empty();
        }
    }

    /** Appends the answer and ends the stream. */
    synchronized void finish(JsonNode answer) {
        append(answer, false);
        finished = true;
        carrier.ifPresent(EventStream::end);
    }

    /** Ends the stream without an answer: the request was cancelled, or its session ended. */
    synchronized void finish() {
        finished = true;
        carrier.ifPresent(EventStream::end);
    }

    private synchronized void append(JsonNode message, boolean droppable) {
        if (finished) {
            return;
        }
        Event event = new Event(++last, framed(JsonBytes.of(message)));
        kept.add(event);
        keptBytes += event.bytes().length;
        while (kept.size() > MAX_EVENTS || (keptBytes > MAX_BYTES && kept.size() > 1)) {
            keptBytes -= kept.removeFirst().bytes().length;
        }
        carrier.ifPresent(stream -> stream.event(event.bytes(), droppable));
    }

    /** An id that holds its place before anything was said, so that even then it can resume. */
    private byte[] primer() {
        return ("id: " + name + "-0\nretry: " + RETRY_MILLIS + "\ndata: \n\n").getBytes(UTF_8);
    }

    private byte[] framed(byte[] json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 32);
        out.writeBytes(("id: " + name + "-" + last + "\ndata: ").getBytes(UTF_8));
        out.writeBytes(json);
        out.writeBytes("\n\n".getBytes(UTF_8));
        return out.toByteArray();
    }
}
