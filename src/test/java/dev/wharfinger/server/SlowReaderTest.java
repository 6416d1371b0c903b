package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Streams that nobody reads: 256 messages or 1 MiB wait, then the connection ends. */
class SlowReaderTest {
    private final HttpFixture http = new HttpFixture();

    @AfterEach
    void stop() {
        http.close();
    }

    private static String pester(String session, int times, int length) {
        return RawHttp.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"pester\","
                        + "\"arguments\":{\"times\":%d,\"length\":%d}}}".formatted(times, length),
                "Mcp-Session-Id: " + session,
                "Accept: text/event-stream, application/json");
    }

    /** What of the stream came, read only after the whole was said. */
    private String late(String session, int times, int length) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4 << 10);
            socket.connect(new InetSocketAddress("127.0.0.1", http.port()));
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(pester(session, times, length).getBytes(ISO_8859_1));
            while (http.harbour.said.get() == 0) {
                Thread.onSpinWait();
            }
            StringBuilder came = new StringBuilder();
            byte[] part = new byte[64 << 10];
            try {
                for (int read = socket.getInputStream().read(part);
                        read >= 0;
                        read = socket.getInputStream().read(part)) {
                    came.append(new String(part, 0, read, ISO_8859_1));
                }
            } catch (java.net.SocketException reset) {
                return came.toString(); // cut off in the middle
            }
            return came.toString();
        }
    }

    /** The same stream on another connection; it ends with the answer. */
    private String again(String session) throws IOException {
        return RawHttp.ask(
                        http.port(),
                        "GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                                + "Last-Event-ID: 1-1\r\nMcp-Session-Id: "
                                + session
                                + "\r\n\r\n")
                .body();
    }

    @ParameterizedTest
    @CsvSource({"30000,100", "60,500000"})
    void whoDoesNotReadIsCutOffAndFindsTheAnswerAgain(int times, int length) throws IOException {
        String session = http.session("2025-11-25");
        String came = late(session, times, length);
        assertThat(came).startsWith("HTTP/1.1 200 OK").doesNotContain("all said");
        assertThat(came.length()).isLessThan(times * length);
        String rest = again(session);
        assertThat(rest).contains("all said");
        assertThat(rest.length()).as("no more is kept").isLessThan(2 << 20);
        assertThat(rest.split("\n\n")).hasSizeLessThanOrEqualTo(257);
    }

    @Test
    void whoReadsGetsAll() throws IOException {
        String session = http.session("2025-11-25");
        String came = RawHttp.ask(http.port(), pester(session, 200, 100)).body();
        assertThat(came.split("\n\n")).hasSize(202);
        assertThat(came).contains("all said");
    }
}
