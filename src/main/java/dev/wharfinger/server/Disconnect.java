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

                    @Override
                    public void readReady() {
                        if (ended(source)) {
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

    /** Whatever else the client still sends is dropped: its connection ends with this request. */
    private static boolean ended(StreamSourceConduit source) {
        ByteBuffer waste = ByteBuffer.allocate(512);
        try {
            int read;
            do {
                waste.clear();
                read = source.read(waste);
            } while (read > 0);
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
