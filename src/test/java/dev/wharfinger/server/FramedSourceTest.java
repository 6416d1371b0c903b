package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;
import org.xnio.conduits.StreamSourceConduit;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;

/** Whose turn it is, from a socket that always has this to read. */
class FramedSourceTest {
    private static final int BUFFER = 16 << 10;

    private static FramedSource reading(ByteBuffer socket) {
        StreamSourceConduit conduit =
                (StreamSourceConduit)
                        Proxy.newProxyInstance(
                                FramedSourceTest.class.getClassLoader(),
                                new Class<?>[] {StreamSourceConduit.class},
                                (self, method, arguments) -> {
                                    ByteBuffer into = (ByteBuffer) arguments[0];
                                    int size = Math.min(into.remaining(), socket.remaining());
                                    into.put(socket.slice(socket.position(), size));
                                    socket.position((socket.position() + size) % socket.limit());
                                    return size;
                                });
        return new FramedSource(conduit);
    }

    @Test
    void aClientThatAsksAndWaitsIsNeverSentBackInTheQueue() throws IOException {
        String request = "GET /" + "x".repeat(1000) + " HTTP/1.1\r\nHost: x\r\n\r\n";
        FramedSource source = reading(ByteBuffer.wrap(request.getBytes(ISO_8859_1)));
        for (int i = 0; i < 1000; i++) {
            assertThat(source.read(ByteBuffer.allocate(BUFFER)))
                    .as("request %d", i)
                    .isEqualTo(request.length());
        }
    }

    @Test
    void whoeverFillsEachBufferWaitsForTheOthersEverySixtyFourKilobytes() throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n";
        ByteBuffer flood = ByteBuffer.allocate(head.length() + 1_000_000);
        flood.put(head.getBytes(ISO_8859_1)).clear();
        FramedSource source = reading(flood);
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 4; i++) {
                assertThat(source.read(ByteBuffer.allocate(BUFFER))).isEqualTo(BUFFER);
            }
            assertThat(source.read(ByteBuffer.allocate(BUFFER))).isZero();
        }
    }
}
