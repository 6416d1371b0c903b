package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A request that is refused before its body was read: the body is not read for ever. */
class RefusedBodiesTest {
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    private static HttpFixture http;

    @BeforeAll
    static void start() {
        http = new HttpFixture();
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    /** Sends chunks until nobody takes them; how many bytes that were. */
    private static long pour(Socket socket) {
        byte[] chunk = ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(ISO_8859_1);
        long poured = 0;
        try {
            while (poured < 1L << 30) {
                socket.getOutputStream().write(chunk);
                poured += chunk.length;
            }
        } catch (IOException cut) {
            return poured;
        }
        return poured;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "400 | POST /mcp HTTP/1.1\r\nHost: evil, evil\r\n",
                "403 | POST /mcp HTTP/1.1\r\nHost: evil\r\n",
                "403 | POST / HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\n",
                "401 | POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer wrong\r\n",
                "415 | POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n",
                "413 | POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n",
                "405 | PUT /mcp HTTP/1.1\r\nHost: localhost\r\n",
                "405 | GET /mcp HTTP/1.1\r\nHost: localhost\r\n",
                "400 | DELETE /mcp HTTP/1.1\r\nHost: localhost\r\n",
                "413 | POST /no/such HTTP/1.1\r\nHost: localhost\r\n",
                "413 | GET / HTTP/1.1\r\nHost: localhost\r\n",
            })
    void anEndlessBodyEndsWithItsRefusal(String refused) throws Exception {
        String status = refused.substring(0, 3);
        try (Socket socket = new Socket("127.0.0.1", http.port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write((refused.substring(6) + CHUNKED).getBytes(ISO_8859_1));
            CompletableFuture<Long> pouring =
                    CompletableFuture.supplyAsync(() -> pour(socket), Thread.ofPlatform()::start);
            String came = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
            assertThat(came).isEqualTo("HTTP/1.1 " + status);
            assertThat(pouring.get(15, TimeUnit.SECONDS)).isLessThan(64 << 20);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Type: text/plain", "Authorization: Bearer wrong", "Origin: null"})
    void aBodyThatNeverComesHoldsNoConnection(String header) throws IOException {
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(
                    "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
                            + header
                            + "\r\n\r\n");
            assertThat(raw.receive().status()).isBetween(400, 499);
            long start = System.nanoTime();
            assertThat(raw.isClosed()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void whoAsksBeforeSendingIsToldToGoOnOrNotTo() throws IOException {
        String call = HttpFixture.modernRequest("tools/list", "", "", "Expect: 100-continue");
        int split = call.indexOf("\r\n\r\n") + 4;
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(call.substring(0, split));
            assertThat(raw.head().getFirst()).isEqualTo("HTTP/1.1 100 Continue");
            raw.send(call.substring(split));
            assertThat(raw.receive().status()).isEqualTo(200);
        }
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(call.substring(0, split).replace("application/json\r\nA", "text/plain\r\nA"));
            assertThat(raw.receive().status()).isEqualTo(415);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void aBodyInTheMiddleOfACallThatWaitsIsNotReadForEver() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", http.port())) {
            String call = HttpFixture.modernRequest("tools/call", "hold", "\"name\":\"hold\"");
            socket.getOutputStream().write(call.getBytes(ISO_8859_1));
            while (http.harbour.holding.get() == 0) {
                Thread.onSpinWait();
            }
            assertThat(pour(socket)).isLessThan(64 << 20);
            while (http.harbour.cancellations.get() == 0) {
                Thread.onSpinWait();
            }
        }
    }
}
