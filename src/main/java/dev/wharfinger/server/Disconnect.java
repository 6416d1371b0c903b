package dev.wharfinger.server;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;

import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Notices within milliseconds that a client went away while its request is being worked on, which
 * Undertow by itself notices only at the second write. It takes the connection's input for itself,
 * so the connection serves nothing after this request.
 */
final class Disconnect {
    private static final int MOST_BYTES = 64 << 10;

    private Disconnect() {}

    /** Runs {@code gone} once on the I/O thread; call it there, with the body read to its end. */
    static void watch(HttpServerExchange exchange, Runnable gone) {
        if (!(exchange.getConnection() instanceof HttpServerConnection connection)) {
            return;
        }
        exchange.setPersistent(false);
        StreamSourceConduit source = connection.getOriginalSourceConduit();
        source.setReadReadyHandler(
                new ReadReadyHandler() {
                    private boolean told;
                    private int dropped;

                    @Override
                    public void readReady() {
                        int read = drop(source);
                        dropped += Math.max(read, 0);
                        if (read < 0 || dropped > MOST_BYTES) {
                            tell();
                        }
                    }

                    @Override
                    public void forceTermination() {
                        tell();
                    }

                    @Override
                    public void terminated() {
                        tell();
                    }

                    private void tell() {
                        source.suspendReads();
                        if (!told) {
                            told = true;
                            gone.run();
                        }
                    }
                });
        source.resumeReads();
    }

    /**
     * Whatever else the client still sends is dropped, since its connection ends with this request;
     * one that sends much is as good as gone. Negative at the end.
     */
    private static int drop(StreamSourceConduit source) {
        try {
            return source.read(ByteBuffer.allocate(4 << 10));
        } catch (IOException e) {
            return -1;
        }
    }
}
