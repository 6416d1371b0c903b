package dev.wharfinger.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;

import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The port that is listened on. Whoever comes is counted, and told 503 where too many are there;
 * what he sends is read strictly by {@link Framing} and then by Undertow, which is set up here and
 * not by its builder, since that lets nobody stand at the door.
 */
final class Port implements AutoCloseable {
    private static final byte[] FULL =
            ("HTTP/1.1 503 Service Unavailable\r\n"
                            + "Retry-After: 10\r\n"
                            + "Content-Length: 0\r\n"
                            + "Connection: close\r\n\r\n")
                    .getBytes(US_ASCII);

    private final XnioWorker worker;
    private final Connections connections;
    private final HttpOpenListener undertow;
    private final AcceptingChannel<? extends StreamConnection> accepting;

    private Port(
            XnioWorker worker,
            Connections connections,
            HttpOpenListener undertow,
            InetSocketAddress address)
            throws IOException {
        this.worker = worker;
        this.connections = connections;
        this.undertow = undertow;
        OptionMap sockets =
                OptionMap.builder()
                        .set(Options.WORKER_IO_THREADS, worker.getIoThreadCount())
                        .set(Options.TCP_NODELAY, true)
                        .set(Options.REUSE_ADDRESSES, true)
                        .set(Options.BACKLOG, 1000)
                        .getMap();
        this.accepting =
                worker.createStreamConnectionServer(
                        address, ChannelListeners.openListenerAdapter(this::come), sockets);
    }

    /** Listens; port 0 takes a free one. */
    static Port listen(
            InetSocketAddress address,
            HttpHandler handler,
            Connections connections,
            HttpServer.Patience patience) {
        ByteBufferPool buffers = new DefaultByteBufferPool(true, (16 << 10) - 20, -1, 4);
        HttpOpenListener undertow = new HttpOpenListener(buffers, options(patience));
        undertow.setRootHandler(handler);
        try {
            XnioWorker worker =
                    Xnio.getInstance(Port.class.getClassLoader()).createWorker(threads());
            try {
                Port port = new Port(worker, connections, undertow, address);
                port.accepting.resumeAccepts();
                return port;
            } catch (IOException e) {
                worker.shutdownNow();
                throw e;
            }
        } catch (IOException e) {
            String where = address.getHostString() + ":" + address.getPort();
            throw new UncheckedIOException(
                    new IOException("cannot listen on " + where + ": " + e.getMessage(), e));
        }
    }

    /** One a processor: two on the same one only take turns, of 4 ms each. */
    private static OptionMap threads() {
        return OptionMap.builder()
                .set(Options.WORKER_IO_THREADS, Runtime.getRuntime().availableProcessors())
                .set(Options.WORKER_TASK_CORE_THREADS, 1)
                .set(Options.WORKER_TASK_MAX_THREADS, 1)
                .getMap();
    }

    private static OptionMap options(HttpServer.Patience patience) {
        return OptionMap.builder()
                .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
                .set(UndertowOptions.ENABLE_HTTP2, false)
                .set(UndertowOptions.MAX_HEADER_SIZE, 16 << 10)
                .set(UndertowOptions.MAX_HEADERS, 64)
                .set(UndertowOptions.MAX_PARAMETERS, 16)
                .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, (int) patience.head().toMillis())
                .set(UndertowOptions.NO_REQUEST_TIMEOUT, (int) patience.idle().toMillis())
                .set(UndertowOptions.ALLOW_UNKNOWN_PROTOCOLS, false)
                .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false) // HTTP/1.1 means it unsaid
                .getMap();
    }

    private void come(StreamConnection connection) {
        InetAddress from = connection.getPeerAddress(InetSocketAddress.class).getAddress();
        if (!connections.enter(from)) {
            turnAway(connection);
            return;
        }
        connection.setCloseListener(closed -> connections.leave(from));
        var source = connection.getSourceChannel();
        source.setConduit(new FramedSource(source.getConduit()));
        undertow.handleEvent(connection);
    }

    /** What fits into an empty socket goes out; whoever does not read it is closed all the same. */
    private static void turnAway(StreamConnection connection) {
        try {
            connection.getSinkChannel().write(ByteBuffer.wrap(FULL));
        } catch (IOException e) {
            // gone already
        } finally {
            IoUtils.safeClose(connection);
        }
    }

    int number() {
        return accepting.getLocalAddress(InetSocketAddress.class).getPort();
    }

    /** Stops listening and closes what is open. */
    @Override
    public void close() {
        IoUtils.safeClose(accepting);
        worker.shutdown();
        try {
            worker.awaitTermination();
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
