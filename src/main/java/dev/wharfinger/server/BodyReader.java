package dev.wharfinger.server;

import io.undertow.io.Receiver;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;

import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads a request's body, counting while it comes, with a length or in chunks. A client that is
 * slower than 1 KB/s over any five seconds is cut off, and so is one not done in two minutes.
 */
final class BodyReader {
    private static final int WINDOW_SECONDS = 5;
    private static final int MOST_SECONDS = 120;
    private static final int LEAST_BYTES_A_SECOND = 1024;

    /** So much of each body needs no room: plain calls are read, however many long ones come. */
    private static final int FREE_BYTES = 16 << 10;

    private final HttpServerExchange exchange;
    private final int limit;
    private final Bodies bodies;
    private final List<byte[]> parts = new ArrayList<>();
    private int size;
    private int taken;
    private int before;
    private int seconds;
    private boolean done;
    private Optional<XnioExecutor.Key> watch = Optional.empty();

    private BodyReader(HttpServerExchange exchange, int limit, Bodies bodies) {
        this.exchange = exchange;
        this.limit = limit;
        this.bodies = bodies;
    }

    /**
     * Reads on the I/O thread, then runs {@code then} there, with the exchange still open and its
     * to end. A body that is too long, or finds no room, is refused here.
     */
    static void read(HttpServerExchange exchange, int limit, Bodies bodies, Consumer<byte[]> then) {
        BodyReader reader = new BodyReader(exchange, limit, bodies);
        if (exchange.getRequestContentLength() > limit) {
            exchange.dispatch(SameThreadExecutor.INSTANCE, reader::tooLong);
        } else {
            reader.start(then);
        }
    }

    private void start(Consumer<byte[]> then) {
        Receiver receiver = exchange.getRequestReceiver();
        receiver.receivePartialBytes(
                (self, part, last) -> {
                    if (done) {
                        return;
                    }
                    boolean fits = size + part.length <= limit;
                    if (!fits || !bodies.take(needed(part.length))) {
                        done();
                        receiver.pause();
                        release();
                        self.dispatch(
                                SameThreadExecutor.INSTANCE, fits ? this::noRoom : this::tooLong);
                        return;
                    }
                    taken += needed(part.length);
                    size += part.length;
                    if (part.length > 0) {
                        parts.add(part);
                    }
                    if (last) {
                        done();
                        self.dispatch(SameThreadExecutor.INSTANCE, () -> hand(then));
                    }
                },
                (self, error) -> {
                    done();
                    close(error);
                });
        if (!done) {
            watch(); // most bodies are here at once, and need nobody who looks at the clock
        }
    }

    private void watch() {
        watch =
                Optional.of(
                        exchange.getIoThread()
                                .executeAtInterval(this::tick, WINDOW_SECONDS, TimeUnit.SECONDS));
        exchange.addExchangeCompleteListener((ended, next) -> {
            done();
            release();
            next.proceed();
        });
    }

    private void done() {
        done = true;
        watch.ifPresent(XnioExecutor.Key::remove);
    }

    private int needed(int more) {
        return Math.max(0, size + more - FREE_BYTES) - Math.max(0, size - FREE_BYTES);
    }

    /** The room is given back when the body has been read through, not when it is answered. */
    private void hand(Consumer<byte[]> then) {
        byte[] body = parts.size() == 1 ? parts.getFirst() : joined();
        parts.clear();
        try {
            then.accept(body);
        } finally {
            release();
        }
    }

    private byte[] joined() {
        byte[] body = new byte[size];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, body, at, part.length);
            at += part.length;
        }
        return body;
    }

    private void release() {
        parts.clear();
        bodies.give(taken);
        taken = 0;
    }

    private void tooLong() {
        McpEndpoint.refuse(exchange, 413, "the body is longer than " + limit + " bytes");
    }

    private void noRoom() {
        exchange.getResponseHeaders().put(new HttpString("Retry-After"), "1");
        McpEndpoint.refuse(exchange, 503, "too many bodies at once; send it again");
    }

    private void tick() {
        seconds += WINDOW_SECONDS;
        boolean slow = size - before < WINDOW_SECONDS * LEAST_BYTES_A_SECOND;
        before = size;
        if (!done && (slow || seconds >= MOST_SECONDS)) {
            done = true;
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    /** Half a body cannot be answered: whoever sent it is gone. */
    private void close(IOException error) {
        exchange.setPersistent(false);
        IoUtils.safeClose(exchange.getConnection());
    }
}
