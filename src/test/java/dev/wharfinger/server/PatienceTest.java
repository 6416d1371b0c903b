package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.Duration;

/** Who sends nothing, or takes nothing, is not waited for; here with less patience than usual. */
class PatienceTest {
    private static final Duration IDLE = Duration.ofMillis(1500);
    private static final HttpServer.Limits SHORT =
            new HttpServer.Limits(
                    8 << 20,
                    64 << 20,
                    1000,
                    Duration.ofMinutes(30),
                    HttpServer.Limits.usual().crowd(),
                    new HttpServer.Patience(Duration.ofMillis(500), IDLE));

    private static HttpFixture http;

    @BeforeAll
    static void start() {
        http = new HttpFixture(new SecureRandom(), SHORT);
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    private static Duration untilClosed(RawHttp raw) throws IOException {
        long start = System.nanoTime();
        assertThat(raw.isClosed()).isTrue();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void usuallyAHeadHasTenSecondsAndAnIdleConnectionSixty() {
        assertThat(HttpServer.Limits.usual().patience())
                .isEqualTo(new HttpServer.Patience(Duration.ofSeconds(10), Duration.ofSeconds(60)));
    }

    @Test
    void aConnectionWithoutARequestIsClosedWhenItWasIdle() throws IOException {
        try (RawHttp raw = new RawHttp(http.port())) {
            assertThat(untilClosed(raw)).isGreaterThan(IDLE.dividedBy(2));
        }
    }

    @Test
    void aConnectionBetweenTwoRequestsIsClosedWhenItWasIdleAndNotBefore() throws Exception {
        try (RawHttp raw = new RawHttp(http.port())) {
            for (int i = 0; i < 5; i++) { // 2 s in all, and never 1.5
                raw.send(HttpFixture.modernRequest("tools/list", "", ""));
                assertThat(raw.receive().status()).isEqualTo(200);
                Thread.sleep(400);
            }
            assertThat(untilClosed(raw)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"P", "POST /mcp HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\n\r"})
    void halfAHeadIsNotWaitedFor(String half) throws IOException {
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(half);
            assertThat(untilClosed(raw)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void aCallThatWaitsLongerThanThatIsNotIdle() throws Exception {
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(HttpFixture.modernRequest("tools/call", "hold", "\"name\":\"hold\""));
            while (http.harbour.holding.get() == 0) {
                Thread.onSpinWait();
            }
            Thread.sleep(IDLE.multipliedBy(2).toMillis());
            assertThat(http.harbour.cancellations.get()).isZero();
        }
    }

    /** More than the kernel holds for both ends together. */
    private static String big(String accept) {
        String text = "x".repeat(4_000_000);
        String call =
                "\"name\":\"echo\",\"arguments\":{\"text\":\""
                        + text
                        + "\",\"more\":\""
                        + text
                        + "\"}";
        return HttpFixture.modernRequest(
                "tools/call", "twice", call.replace("echo", "twice"), "Accept: " + accept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream"})
    void anAnswerThatNobodyTakesIsNotKept(String accept) throws Exception {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4 << 10);
            socket.connect(new InetSocketAddress("127.0.0.1", http.port()));
            socket.getOutputStream().write(big(accept).getBytes(ISO_8859_1));
            long start = System.nanoTime();
            byte[] blank = {' '};
            boolean open = true;
            while (open && System.nanoTime() - start < Duration.ofSeconds(40).toNanos()) {
                try {
                    Thread.sleep(100);
                    socket.getOutputStream().write(blank);
                } catch (SocketException reset) {
                    open = false;
                }
            }
            assertThat(open).as("cut off").isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThan(IDLE.dividedBy(2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream"})
    void anAnswerThatIsTakenComesWhole(String accept) throws IOException {
        assertThat(RawHttp.ask(http.port(), big(accept)).body()).hasSizeGreaterThan(16_000_000);
    }
}
