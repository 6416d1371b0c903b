package dev.wharfinger.server;

import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;

import org.xnio.IoUtils;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * The end of a request whose body nobody reads. The answer goes out; what still comes is dropped
 * for a moment, since a connection closed over unread bytes takes its answer with it; then it is
 * closed. Undertow by itself would read on for as long as the client sends.
 */
final class Farewell implements IoCallback, ReadReadyHandler {
    private static final int MOST_BYTES = 256 << 10;
    private static final int SECONDS = 2;

    private final HttpServerConnection connection;
    private final StreamSourceConduit source;
    private int dropped;

    private Farewell(HttpServerConnection connection) {
        this.connection = connection;
        this.source = connection.getOriginalSourceConduit();
    }

    /** Answers with this body and status, on the I/O thread; the connection ends with it. */
    static void answer(HttpServerExchange exchange, ByteBuffer body) {
        exchange.setPersistent(false);
        exchange.setResponseContentLength(body.remaining());
        Farewell farewell = new Farewell((HttpServerConnection) exchange.getConnection());
        exchange.getIoThread().executeAfter(farewell::close, SECONDS, TimeUnit.SECONDS);
        exchange.getResponseSender().send(body, farewell);
    }

    @Override
    public void onComplete(HttpServerExchange exchange, Sender sender) {
        sender.close(
                new IoCallback() {
                    @Override
                    public void onComplete(HttpServerExchange ended, Sender closed) {
                        drop();
                    }

                    @Override
                    public void onException(
                            HttpServerExchange ended, Sender closed, IOException error) {
                        close();
                    }
                });
    }

    @Override
    public void onException(HttpServerExchange exchange, Sender sender, IOException error) {
        close(); // the client went before its answer
    }

    private void drop() {
        try {
            connection.getOriginalSinkConduit().terminateWrites();
            connection.getOriginalSinkConduit().flush();
            source.setReadReadyHandler(this);
            source.resumeReads();
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void readReady() {
        ByteBuffer waste = ByteBuffer.allocate(16 << 10);
        try {
            int read = source.read(waste);
            dropped += Math.max(read, 0);
            if (read < 0 || dropped > MOST_BYTES) {
                close();
            }
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void forceTermination() {
        close();
    }

    @Override
    public void terminated() {
        close();
    }

    private void close() {
        IoUtils.safeClose(connection);
    }
}
