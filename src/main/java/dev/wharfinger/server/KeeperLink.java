package dev.wharfinger.server;

import dev.wharfinger.identity.DoorPass;
import dev.wharfinger.identity.Peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** One connection to the keeper, from a process that is not it. */
public final class KeeperLink implements AutoCloseable {
    private final SocketChannel channel;

    private KeeperLink(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects and says what is wanted. Fails where no keeper listens. */
    public static KeeperLink open(Path socket, Hello hello) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            var link = new KeeperLink(channel);
            // Read when it is connected: it was laid there before the socket was.
            link.output().write(hello.with(DoorPass.beside(socket)).line());
            return link;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends one command and gives its one line of answer. */
    public static String command(Path socket, String name, List<String> arguments)
            throws IOException {
        try (var link = open(socket, Hello.command(name, arguments))) {
            return new String(link.input().readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /** Who listens there, as the kernel says. */
    public Peer keeper() throws IOException {
        return Peer.of(channel);
    }

    /** What the keeper says. */
    public InputStream input() {
        return Channels.newInputStream(channel);
    }

    /** What the keeper hears. */
    public OutputStream output() {
        return Channels.newOutputStream(channel);
    }

    /** Tells the keeper that nothing more comes; its answers still do. */
    public void finish() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
