package dev.wharfinger.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

class SmokeTestsTest {
    HttpServer server;
    final CountDownLatch ended = new CountDownLatch(1);

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        answer("/ok", 200, "Welcome \u001b[2Jhome");
        answer("/large", 200, "x".repeat((int) Http.MOST_BYTES + 1));
        server.createContext(
                "/moved",
                call -> {
                    call.getResponseHeaders().add("Location", "/ok");
                    call.sendResponseHeaders(302, -1);
                    call.close();
                });
        server.createContext(
                "/slow",
                call -> {
                    // The headers come at once, the body never ends.
                    call.sendResponseHeaders(200, 0);
                    call.getResponseBody().write('x');
                    call.getResponseBody().flush();
                    try {
                        ended.await();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    call.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        server.stop(0);
    }

    @Test
    void whatIsExpectedPassesAndSaysWhatWasSeen() {
        var result = run("/ok", 200, "Welcome", Duration.ofSeconds(10));
        assertThat(result.passed()).isTrue();
        assertThat(result.observed()).isEqualTo("status 200");
        assertThat(result.check().expected())
                .isEqualTo("200, contains \"Welcome\", within 10000 ms");
    }

    @Test
    void anotherStatusOrTextFails() {
        assertThat(run("/nothing", 200, "", Duration.ofSeconds(10)).observed())
                .isEqualTo("status 404");
        assertThat(run("/ok", 200, "Goodbye", Duration.ofSeconds(10)).observed())
                .isEqualTo("status 200 without \"Goodbye\": Welcome  [2Jhome");
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() {
        assertThat(run("/moved", 200, "", Duration.ofSeconds(10)).passed()).isFalse();
        assertThat(run("/moved", 302, "", Duration.ofSeconds(10)).passed()).isTrue();
    }

    @Test
    void aBodyThatDoesNotEndOrIsTooLargeFails() {
        var slow = run("/slow", 200, "", Duration.ofMillis(300));
        assertThat(slow.passed()).isFalse();
        assertThat(slow.observed()).contains("within 300 ms");
        assertThat(run("/large", 200, "", Duration.ofSeconds(10)).passed()).isFalse();
    }

    @Test
    void nobodyThereIsAFailureAndNoException() throws IOException {
        var url = URI.create("http://127.0.0.1:" + DeployLab.freePort() + "/");
        var check = new SmokeCheck(url, 200, Optional.empty(), Duration.ofSeconds(5));
        var result = new SmokeTests().run(List.of(check)).getFirst();
        assertThat(result.passed()).isFalse();
        assertThat(result.observed()).isEqualTo("no connection");
    }

    @Test
    void anAddressThatIsNoWebAddressCannotBeACheck() {
        for (var url : List.of("file:///etc/passwd", "http:///x", "http://me:pw@host/", "/x")) {
            assertThatThrownBy(() ->
                            new SmokeCheck(
                                    URI.create(url), 200, Optional.empty(), SmokeCheck.WITHIN))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private SmokeResult run(String path, int status, String contains, Duration within) {
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        var text = Optional.of(contains).filter(some -> !some.isEmpty());
        var check = new SmokeCheck(url, status, text, within);
        return new SmokeTests().run(List.of(check)).getFirst();
    }

    private void answer(String path, int status, String text) {
        server.createContext(
                path,
                call -> {
                    if (!call.getRequestURI().getPath().equals(path)) {
                        call.sendResponseHeaders(404, -1);
                        return;
                    }
                    try (call) {
                        var body = text.getBytes(UTF_8);
                        call.sendResponseHeaders(status, body.length);
                        call.getResponseBody().write(body);
                    }
                });
    }
}
