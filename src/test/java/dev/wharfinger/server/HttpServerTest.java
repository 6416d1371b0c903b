package dev.wharfinger.server;

import static dev.wharfinger.server.HttpFixture.META;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is refused before MCP begins, on real sockets, and that nothing about us leaks there. */
class HttpServerTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

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
    @CsvSource({"PUT", "PATCH", "OPTIONS", "HEAD", "TRACE"})
    void otherMethodsAre405WithTheListOfTheAllowed(String method) throws IOException {
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(method + " /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n");
            List<String> head = raw.head();
            assertThat(head.getFirst()).contains(" 405 ");
            assertThat(head).contains("Allow: POST, GET, DELETE");
        }
    }

    @Test
    void aGetWithoutASessionIs405AndNever404() throws IOException {
        var answer =
                RawHttp.ask(
                        http.port(),
                        "GET /mcp HTTP/1.1\r\n"
                                + "Host: localhost\r\n"
                                + "Accept: text/event-stream\r\n\r\n");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("POST, GET, DELETE");
    }

    @Test
    void otherPathsAre404() throws IOException {
        var answer = RawHttp.ask(http.port(), "GET /secret HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/jsonx", "application/x-www-form-urlencoded", ""})
    void otherContentTypesAre415(String type) throws IOException {
        assertThat(http.post(PING, "Content-Type: " + type).status()).isEqualTo(415);
    }

    @Test
    void aCompressedBodyIs415() throws IOException {
        assertThat(http.post(PING, "Content-Encoding: gzip").status()).isEqualTo(415);
    }

    @Test
    void aCharsetParameterIsNoOtherType() throws IOException {
        String request =
                HttpFixture.modernRequest(
                        "tools/list", "", "", "Content-Type: Application/JSON; charset=utf-8");
        assertThat(RawHttp.ask(http.port(), request).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/*", "application/xml"})
    void aClientThatTakesNeitherTypeGets406(String accept) throws IOException {
        assertThat(http.post(PING, "Accept: " + accept).status()).isEqualTo(406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/html, */*;q=0.1"})
    void aLenientAcceptIsServedWithJson(String accept) throws IOException {
        var answer = http.modern("tools/list", "", "", "Accept: " + accept);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/json");
    }

    @Test
    void aClientThatTakesOnlyEventsGetsEvents() throws IOException {
        var answer = http.modern("tools/list", "", "", "Accept: text/event-stream");
        assertThat(answer.header("Content-Type")).contains("text/event-stream");
        assertThat(answer.header("X-Accel-Buffering")).contains("no");
        assertThat(answer.body()).startsWith("data: {").endsWith("\n\n").doesNotContain("id: ");
    }

    @Test
    void aBodyThatSaysItIsTooLongIs413BeforeItIsSent() throws IOException {
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(
                    "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 100001\r\n\r\n");
            assertThat(raw.receive().status()).isEqualTo(413);
        }
    }

    @Test
    void aBodyInChunksIsCountedWhileItComes() throws IOException {
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(RawHttp.post("", "Transfer-Encoding: chunked"));
            for (int i = 0; i < 11; i++) {
                raw.send(Integer.toHexString(10_000) + "\r\n" + " ".repeat(10_000) + "\r\n");
            }
            assertThat(raw.receive().status()).isEqualTo(413);
        }
    }

    @Test
    void aBodyInChunksIsServedLikeAnyOther() throws IOException {
        String whole =
                HttpFixture.modernRequest("tools/list", "", "", "Transfer-Encoding: chunked");
        int split = whole.indexOf("\r\n\r\n") + 4;
        String body = whole.substring(split);
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(whole.substring(0, split));
            for (char c : body.toCharArray()) {
                raw.send("1\r\n" + c + "\r\n");
            }
            raw.send("0\r\n\r\n");
            assertThat(raw.receive().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 5",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: xchunked\r\nContent-Length: 5",
                "Content-Length: -1",
                "Content-Length: 5x",
                "Transfer-Encoding: gzip, chunked\r\nContent-Length: 5",
            })
    void aBodyOfAmbiguousLengthIsRefusedAndTheConnectionClosed(String lines) throws IOException {
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(
                    "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + lines
                            + "\r\n\r\n0\r\n\r\nGET /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n");
            int answers = 0;
            try {
                assertThat(raw.receive().status()).isEqualTo(400);
                answers++;
                raw.receive();
                answers++;
            } catch (IOException closed) {
                // as it must: what follows an ambiguous body is nobody's request
            }
            assertThat(answers).isLessThan(2);
        }
    }

    @Test
    void tooManyHeadersOrTooLongOnesAreRefused() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            many.add("X-" + i + ": 1");
        }
        assertRefused(many.toArray(String[]::new));
        assertRefused("X-Long: " + "x".repeat(17 << 10));
    }

    private static void assertRefused(String... headers) {
        try {
            assertThat(http.post(PING, headers).status()).isBetween(400, 499);
        } catch (IOException closed) {
            assertThat(closed).isNotNull();
        }
    }

    @Test
    void aWrongCredentialIs401WithAChallenge() throws IOException {
        var answer = http.post(PING, "Authorization: Bearer wrong");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|400|-32700",
                "''|400|-32700",
                "{\"a\":1,\"a\":2}|400|-32700",
                "[]|400|-32600",
                "7|400|-32600",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}|400|-32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1.0,\"method\":\"ping\"}|400|-32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":null}|400|-32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\"}|400|-32602",
            })
    void whatIsNoMessageIsAnsweredAsJsonRpc(String body, int status, int code) throws IOException {
        var answer = http.post(body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":" + code).doesNotContain("\"id\":null");
    }

    @Test
    void idsAreEchoedVerbatim() throws IOException {
        String body =
                "{\"jsonrpc\":\"2.0\",\"id\":9007199254740993,\"method\":\"tools/list\",\"params\":{"
                        + META
                        + "}}";
        var answer = http.post(body, "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/list");
        assertThat(answer.body()).contains("\"id\":9007199254740993,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mcp-Method: tools/call|200|",
                "mcp-method:   tools/call  |200|",
                "Mcp-Method: TOOLS/CALL|400|-32020",
                "Mcp-Method: tools/list|400|-32020",
                "X-Nothing: 1|400|-32020",
                "Mcp-Method: =?base64?dG9vbHMvY2FsbA==?=|200|",
                "Mcp-Method: =?base64?dG9vbHMvY2FsbA?=|400|-32020",
                "Mcp-Method: =?base64?!!!!?=|400|-32020",
            })
    void theMethodHeaderRepeatsTheBody(String header, int status, String code) throws IOException {
        String body =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
                        + META
                        + "}}";
        var answer = http.post(body, "MCP-Protocol-Version: 2026-07-28", "Mcp-Name: echo", header);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains(code == null ? "result" : code);
    }

    @Test
    void theNameHeaderRepeatsTheBody() throws IOException {
        assertThat(http.modern("tools/call", "echo", "\"name\":\"echo\"").status()).isEqualTo(200);
        assertThat(http.modern("tools/call", "boom", "\"name\":\"echo\"").body())
                .contains("-32020");
        assertThat(http.modern("tools/call", "", "\"name\":\"echo\"").body()).contains("-32020");
        assertThat(http.modern("tools/call", "echo", "\"name\":\"echo\"", "Mcp-Name: echo").body())
                .contains("-32020");
    }

    @Test
    void aSessionIdMeansNothingToAModernRequest() throws IOException {
        var answer = http.modern("tools/list", "", "", "Mcp-Session-Id: nonsense");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Mcp-Session-Id")).isEmpty();
    }

    @Test
    void aModernNotificationIs202() throws IOException {
        var answer =
                http.post(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}",
                        "MCP-Protocol-Version: 2026-07-28");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aBugTellsItsIncidentAndNothingElse() throws IOException {
        var answer = http.modern("tools/call", "boom", "\"name\":\"boom\"");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("-32603").contains("incident-").doesNotContain("secret");
    }

    @Test
    void aConnectionServesRequestAfterRequest() throws IOException {
        try (RawHttp raw = new RawHttp(http.port())) {
            for (int i = 0; i < 50; i++) {
                raw.send(HttpFixture.modernRequest("tools/list", "", ""));
                assertThat(raw.receive().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aMalformedHeadGetsNoStackTrace() {
        assertThatThrownBy(
                        () -> {
                            var answer = RawHttp.ask(http.port(), "NONSENSE\r\n\r\n");
                            assertThat(answer.body()).doesNotContain("Exception");
                            throw new IOException("answered with " + answer.status());
                        })
                .isInstanceOf(IOException.class);
    }
}
