package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.mcp.Harbour;
import dev.wharfinger.mcp.MalformedJson;
import dev.wharfinger.mcp.Protocol;
import dev.wharfinger.mcp.StrictJson;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A real socket pair with a {@link PipeServer} at the other end; every line read is JSON-RPC. */
final class PipeClient implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader reader;
    private final CompletableFuture<Void> served = new CompletableFuture<>();

    PipeClient(Path folder, Harbour harbour, Durability durability, int lineLimit)
            throws IOException {
        this(folder, harbour, durability, lineLimit, PipeServer.PATIENCE);
    }

    PipeClient(
            Path folder, Harbour harbour, Durability durability, int lineLimit, Duration patience)
            throws IOException {
        UnixDomainSocketAddress address =
                UnixDomainSocketAddress.of(folder.resolve("s" + System.nanoTime() % 100_000));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            channel = SocketChannel.open(address);
            SocketChannel accepted = server.accept();
            PipeServer pipe =
                    new PipeServer(
                            new Protocol(harbour, new SecureRandom(), InstantSource.system()),
                            new DurableAnswers(durability),
                            lineLimit,
                            Duration.ofSeconds(2),
                            patience);
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> {
                        try (accepted) {
                            pipe.serve(
                                    Channels.newInputStream(accepted),
                                    Channels.newOutputStream(accepted),
                                    "local:anna");
                            served.complete(null);
                        } catch (IOException | RuntimeException e) {
                            served.completeExceptionally(e);
                        }
                    });
        }
        reader = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    void send(String line) throws IOException {
        send((line + "\n").getBytes(UTF_8));
    }

    /** The next line, which must be a JSON-RPC message or a batch of them. */
    String receive() throws Exception {
        String line =
                CompletableFuture.supplyAsync(
                                () -> {
                                    try {
                                        return String.valueOf(reader.readLine());
                                    } catch (IOException e) {
                                        throw new java.io.UncheckedIOException(e);
                                    }
                                })
                        .get(20, TimeUnit.SECONDS);
        assertThat(line).isNotEqualTo("null");
        assertJsonRpc(line);
        return line;
    }

    static void assertJsonRpc(String line) throws MalformedJson {
        var node = StrictJson.read(line.getBytes(UTF_8));
        var first = node.isArray() ? node.get(0) : node;
        assertThat(first.path("jsonrpc").asString("")).as(line).isEqualTo("2.0");
    }

    /** Ends the client's output. */
    void end() throws IOException {
        channel.shutdownOutput();
    }

    /** Ends the client's output and gives all lines that still come. */
    String rest() throws Exception {
        end();
        served.get(20, TimeUnit.SECONDS);
        StringBuilder rest = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            assertJsonRpc(line);
            rest.append(line).append('\n');
        }
        return rest.toString();
    }

    void awaitServed() throws Exception {
        served.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
