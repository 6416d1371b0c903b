package dev.wharfinger.server;

import dev.wharfinger.identity.Peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The keeper's socket, {@code <state>/wharf.sock}: every other {@code wharf} process of the project
 * comes in here. The first line of a connection is a {@link Hello}; what follows is the pipe of an
 * MCP client or the answer to one command. Who connects is told by the kernel.
 */
public final class KeeperSocket implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 64;

    private final ServerSocketChannel listening;
    private final Reception reception;
    private final Map<SocketChannel, Boolean> open = new ConcurrentHashMap<>();

    /** What a keeper does with those who come. */
    public interface Reception {
        /** Serves one MCP client until it goes. */
        void client(Peer peer, Hello hello, InputStream in, OutputStream out) throws IOException;

        /** Answers one command: one line of JSON. */
        String command(Peer peer, Hello hello);
    }

    private KeeperSocket(ServerSocketChannel listening, Reception reception) {
        this.listening = listening;
        this.reception = reception;
    }

    /**
     * Listens. The caller holds the state folder's lock, so a socket file that is already there
     * belongs to a keeper that is gone, and {@code prepare} removes it.
     *
     * @param prepare run with the path before it is bound
     * @param restrict run with the path after it is bound; narrows it to mode 0600
     */
    public static KeeperSocket listen(
            Path path, Reception reception, FileStep prepare, FileStep restrict)
            throws IOException {
        prepare.on(path);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path));
            restrict.on(path);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        var socket = new KeeperSocket(channel, reception);
        Thread.ofPlatform().daemon().name("wharf-socket").start(socket::accept);
        return socket;
    }

    /** Something done to the socket's file, by a package that may touch files. */
    public interface FileStep {
        /** Does it. */
        void on(Path path) throws IOException;
    }

    private void accept() {
        while (listening.isOpen()) {
            try {
                SocketChannel channel = listening.accept();
                if (open.size() >= MOST_CONNECTIONS) {
                    channel.close();
                    continue;
                }
                open.put(channel, true);
                Thread.ofPlatform().daemon().name("wharf-peer").start(() -> serve(channel));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                log().log(Level.WARNING, "a connection to the keeper's socket failed", e);
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            Peer peer = Peer.of(channel);
            InputStream in = Channels.newInputStream(channel);
            OutputStream out = Channels.newOutputStream(channel);
            Hello hello = Hello.read(in);
            switch (hello.kind()) {
                case MCP -> reception.client(peer, hello, in, out);
                case COMMAND -> {
                    String answer = reception.command(peer, hello) + "\n";
                    out.write(answer.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            }
        } catch (ClosedChannelException e) {
            log().log(Level.FINE, "a peer went away", e);
        } catch (IOException e) {
            log().log(Level.INFO, "a peer's connection ended: " + e.getMessage());
        } finally {
            open.remove(channel);
        }
    }

    /** How many are connected. */
    public int connections() {
        return open.size();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (SocketChannel channel : open.keySet()) {
            channel.close();
        }
    }

    /** Made when there is something to say: that takes a tenth of a cold start. */
    private static Logger log() {
        return Logger.getLogger(KeeperSocket.class.getName());
    }
}
