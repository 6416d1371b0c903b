package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;

/** DNS rebinding: Host and Origin, each alone, on every route. */
class HttpHostTest {
    private static final List<String> ROUTES =
            List.of("POST /mcp", "GET /mcp", "DELETE /mcp", "GET /", "POST /x", "OPTIONS /mcp");

    private static HttpFixture http;

    @BeforeAll
    static void start() {
        http = new HttpFixture();
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example.com",
                "Host: localhost.evil",
                "Host: evil.localhost",
                "Host: localhost@evil",
                "Host: evil@localhost",
                "Host: localhost:",
                "Host: localhost:80x",
                "Host: localhost:999999",
                "Host: localhost.",
                "Host: [::1",
                "Host: [::2]",
                "Host: 127.0.0.2",
                "Host: 127.0.0.1.nip.io",
                "Host: 0.0.0.0",
                "Host: 2130706433",
                "Host: localhost, evil",
                "Host: ",
                "X-Forwarded-Host: localhost",
                "Host: localhost\r\nHost: localhost",
                "Host: localhost\r\nOrigin: null",
                "Host: localhost\r\nOrigin: http://evil.example.com",
                "Host: localhost\r\nOrigin: http://localhost.evil",
                "Host: localhost\r\nOrigin: http://localhost:1",
                "Host: localhost\r\nOrigin: localhost",
                "Host: localhost\r\nOrigin: file://localhost",
                "Host: localhost\r\nOrigin: http://localhost/x",
                "Host: localhost\r\nOrigin: http://user@localhost",
                "Host: localhost\r\nOrigin: http://localhost\r\nOrigin: http://localhost",
            })
    void aStrangeHostOrOriginIsRefusedOnEveryRoute(String lines) throws IOException {
        for (String route : ROUTES) {
            String length = route.startsWith("POST") ? "Content-Length: 0\r\n" : "";
            var answer =
                    RawHttp.ask(
                            http.port(),
                            route + " HTTP/1.1\r\n" + lines + "\r\n" + length + "\r\n");
            assertThat(answer.status()).as("%s %s", route, lines).isIn(400, 403);
            assertThat(answer.body()).doesNotContain("undertow").doesNotContain("Exception");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost",
                "Host: LOCALHOST",
                "Host: 127.0.0.1",
                "Host: [::1]",
                "Host: localhost:7420",
                "Host: [::1]:7420",
                "Host: localhost\r\nOrigin: http://localhost",
                "Host: localhost:7420\r\nOrigin: http://localhost:7420",
                "Host: localhost:7420\r\nOrigin: https://127.0.0.1:7420",
            })
    void ourOwnNamesAreServed(String lines) throws IOException {
        String request = HttpFixture.modernRequest("tools/list", "", "", lines.split("\r\n"));
        assertThat(RawHttp.ask(http.port(), request).status()).isEqualTo(200);
    }

    @Test
    void anAbsoluteRequestTargetIsRefused() throws IOException {
        var answer =
                RawHttp.ask(
                        http.port(),
                        "GET http://localhost/mcp HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(answer.status()).isEqualTo(400);
    }
}
