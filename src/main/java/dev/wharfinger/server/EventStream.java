package dev.wharfinger.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;

import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * One answer as server-sent events. Handing over never blocks; the channel is touched by its I/O
 * thread alone. A reader with more than 256 events or 1 MiB waiting is cut off, and one that takes
 * nothing for a minute. A comment every 15 seconds keeps proxies from closing a quiet stream.
 */
final class EventStream {
    private static final int MAX_EVENTS = 256;
    private static final int MAX_BYTES = 1 << 20;
    private static final int CROWDED = 64;
    private static final byte[] COMMENT = ":\n\n".getBytes(US_ASCII);

    private final HttpServerExchange exchange;
    private final Runnable whenGone;
    private final Deque<byte[]> events = new ArrayDeque<>();
    private long queued;
    private boolean ending;
    // the rest belongs to the I/O thread
    private Optional<StreamSinkChannel> sink = Optional.empty();
    private ByteBuffer current = ByteBuffer.allocate(0);
    private boolean over;
    private OptionalLong stuckSince = OptionalLong.empty();

    /**
     * @param whenGone runs once when the client goes before {@link #end}, or is cut off
     */
    EventStream(HttpServerExchange exchange, Runnable whenGone) {
        this.exchange = exchange;
        this.whenGone = whenGone;
    }

    /** Sends the head; call it once, from any thread. */
    void open() {
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, "text/event-stream")
                .put(Headers.CACHE_CONTROL, "no-store")
                .put(new HttpString("X-Accel-Buffering"), "no")
                .put(Headers.TRANSFER_ENCODING, "chunked"); // so that a cut stream looks cut
        exchange.setPersistent(false);
        onThread(() -> {
            StreamSinkChannel channel = exchange.getResponseChannel();
            channel.getWriteSetter().set(ignored -> pump());
            sink = Optional.of(channel);
            pump();
            keepAlive();
        });
    }

    /** Queues one event of whole bytes; {@code droppable} ones are left out when many wait. */
    void event(byte[] event, boolean droppable) {
        boolean cut;
        synchronized (this) {
            if (ending || (droppable && events.size() > CROWDED)) {
                return;
            }
            events.add(event);
            queued += event.length;
            cut = events.size() > MAX_EVENTS || (queued > MAX_BYTES && events.size() > 1);
        }
        onThread(cut ? this::cut : this::pump);
    }

    /** Ends the stream after what is queued. */
    void end() {
        synchronized (this) {
            ending = true;
        }
        onThread(this::pump);
    }

    /** The client is gone: nothing more is written. */
    void gone() {
        onThread(this::cut);
    }

    private void onThread(Runnable action) {
        IoThread.run(exchange, action);
    }

    private void pump() {
        if (over || sink.isEmpty()) {
            return;
        }
        StreamSinkChannel channel = sink.get();
        try {
            do {
                while (current.hasRemaining()) {
                    if (channel.write(current) == 0) {
                        if (stuckSince.isEmpty()) {
                            stuckSince = OptionalLong.of(System.nanoTime());
                        }
                        channel.resumeWrites();
                        return;
                    }
                    stuckSince = OptionalLong.empty();
                }
            } while (next());
            if (ended()) {
                over = true;
                exchange.endExchange(); // flushes what the channel still holds
            } else if (channel.flush()) {
                channel.suspendWrites();
            } else {
                channel.resumeWrites();
            }
        } catch (IOException e) {
            cut(); // the client went away between two writes
        }
    }

    private synchronized boolean next() {
        byte[] event = events.poll();
        if (event == null) {
            return false;
        }
        queued -= event.length;
        current = ByteBuffer.wrap(event);
        return true;
    }

    private synchronized boolean ended() {
        return ending && events.isEmpty();
    }

    private void cut() {
        if (over) {
            return;
        }
        over = true;
        synchronized (this) {
            ending = true;
            events.clear();
        }
        IoUtils.safeClose(exchange.getConnection());
        whenGone.run();
    }

    private void keepAlive() {
        long patience = Stalled.patience(exchange);
        exchange.getIoThread()
                .executeAfter(
                        () -> {
                            if (over) {
                                return;
                            }
                            long since = stuckSince.orElseGet(System::nanoTime);
                            if (System.nanoTime() - since > patience * 1_000_000) {
                                cut();
                            } else {
                                event(COMMENT, true);
                                keepAlive();
                            }
                        },
                        Math.min(15_000, patience),
                        TimeUnit.MILLISECONDS);
    }
}
