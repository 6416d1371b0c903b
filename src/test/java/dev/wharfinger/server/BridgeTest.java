package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A client goes on over the deaths of its keepers, and waits for no answer that cannot come. */
@Timeout(30)
class BridgeTest {
    private static final String HELLO = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}";
    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\"}";

    @TempDir Path folder;
    private ServerSocketChannel door;
    private PipedOutputStream client;
    private BufferedReader answers;
    private Thread bridge;

    @BeforeEach
    void build() throws Exception {
        Path socket = folder.resolve("s");
        door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        door.bind(UnixDomainSocketAddress.of(socket));
        client = new PipedOutputStream();
        var in = new PipedInputStream(client, 1 << 16);
        var out = new PipedOutputStream();
        answers = new BufferedReader(new InputStreamReader(new PipedInputStream(out), UTF_8));
        Bridge.Links links = () -> next(socket);
        var over = new Bridge(links.next(), links, new JsonMapper(), in, out);
        bridge =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                over.run();
                            } catch (IOException | InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        door.close();
    }

    /** Tries for as long as there is a door, as a process does that would become the keeper. */
    private KeeperLink next(Path socket) throws IOException {
        while (true) {
            try {
                return KeeperLink.open(socket, Hello.client("deploy", false, "test"));
            } catch (IOException e) {
                if (!door.isOpen()) {
                    throw e;
                }
            }
        }
    }

    /** A keeper that has heard the hello of a bridge. */
    private final class Keeper implements AutoCloseable {
        private final SocketChannel channel = door.accept();
        private final BufferedReader heard =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), UTF_8));

        Keeper() throws IOException {
            assertThat(heard.readLine()).startsWith("wharf 2\tmcp");
        }

        String hears() throws IOException {
            return heard.readLine();
        }

        void says(String text) throws IOException {
            Channels.newOutputStream(channel).write(text.getBytes(UTF_8));
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private void send(String line) throws IOException {
        client.write((line + "\n").getBytes(UTF_8));
        client.flush();
    }

    private Keeper greeted() throws IOException {
        var keeper = new Keeper();
        assertThat(keeper.hears()).isEqualTo(HELLO);
        keeper.says("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n");
        return keeper;
    }

    @Test
    void halfAnAnswerOfADyingKeeperIsNoneAndTheCallIsAnsweredWithAnError() throws Exception {
        send(HELLO);
        try (var keeper = greeted()) {
            assertThat(answers.readLine()).contains("\"id\":1");
            send(CALL);
            assertThat(keeper.hears()).isEqualTo(CALL);
            keeper.says("{\"jsonrpc\":\"2.0\",\"id\":2,\"resu");
        }
        try (var next = greeted()) {
            assertThat(answers.readLine()).contains("\"id\":2", "Make the call again");
            send(CALL);
            assertThat(next.hears()).isEqualTo(CALL);
            next.says("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}\n");
            assertThat(answers.readLine()).contains("\"id\":2", "result");
        }
    }

    @Test
    void keepersThatDieAtTheDoorAreNoKeepers() throws Exception {
        send(HELLO);
        try (var keeper = greeted()) {
            assertThat(answers.readLine()).contains("\"id\":1");
            send(CALL);
            assertThat(keeper.hears()).isEqualTo(CALL);
        }
        for (int dying = 0; dying < 5; dying++) {
            door.accept().close();
        }
        try (var alive = greeted()) {
            assertThat(answers.readLine()).contains("\"id\":2", "Make the call again");
            send(CALL);
            assertThat(alive.hears()).isEqualTo(CALL);
        }
    }

    @Test
    void aClientIsHungUpOnWhereNobodyIsTheKeeperAnyMore() throws Exception {
        send(HELLO);
        try (var keeper = greeted()) {
            assertThat(answers.readLine()).contains("\"id\":1");
            send(CALL);
            assertThat(keeper.hears()).isEqualTo(CALL);
            door.close();
        }
        String last = answers.readLine();
        assertThat(last == null || last.contains("\"id\":2")).as(last).isTrue();
        client.close();
        bridge.join();
    }
}
