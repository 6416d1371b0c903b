package dev.wharfinger.server;

import io.undertow.io.Receiver;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;

import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads a request's body, counting while it comes, with a length or in chunks. A client slower than
 * 1 KB/s after its first five seconds is cut off.
 */
final class BodyReader {
    private static final int FREE_SECONDS = 5;
    private static final int LEAST_BYTES_A_SECOND = 1024;

    private final HttpServerExchange exchange;
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private int seconds;
    private boolean done;

    private BodyReader(HttpServerExchange exchange, int limit) {
        this.exchange = exchange;
        this.limit = limit;
    }

    /**
     * Reads on the I/O thread, then runs one of the two there, with the exchange still open and
     * theirs to end.
     */
    static void read(
            HttpServerExchange exchange, int limit, Consumer<byte[]> then, Runnable tooLarge) {
        if (exchange.getRequestContentLength() > limit) {
            exchange.setPersistent(false);
            exchange.dispatch(SameThreadExecutor.INSTANCE, tooLarge);
            return;
        }
        new BodyReader(exchange, limit).start(then, tooLarge);
    }

    private void start(Consumer<byte[]> then, Runnable tooLarge) {
        Receiver receiver = exchange.getRequestReceiver();
        XnioExecutor.Key watch =
                exchange.getIoThread().executeAtInterval(this::tick, 1, TimeUnit.SECONDS);
        receiver.receivePartialBytes(
                (self, part, last) -> {
                    if (done) {
                        return;
                    }
                    bytes.write(part, 0, part.length);
                    if (bytes.size() > limit) {
                        done = true;
                        watch.remove();
                        receiver.pause();
                        self.setPersistent(false);
                        self.dispatch(SameThreadExecutor.INSTANCE, tooLarge);
                    } else if (last) {
                        done = true;
                        watch.remove();
                        self.dispatch(
                                SameThreadExecutor.INSTANCE,
                                () -> then.accept(bytes.toByteArray()));
                    }
                },
                (self, error) -> {
                    done = true;
                    watch.remove();
                    close(error);
                });
    }

    private void tick() {
        seconds++;
        if (!done && bytes.size() < (long) (seconds - FREE_SECONDS) * LEAST_BYTES_A_SECOND) {
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
