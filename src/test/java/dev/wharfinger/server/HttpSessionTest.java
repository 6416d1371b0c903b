package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;

/** Legacy sessions and streams, and what a lost connection means in each era. */
class HttpSessionTest {
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\"}}";

    private final HttpFixture http = new HttpFixture();

    @AfterEach
    void stop() {
        http.close();
    }

    private RawHttp.Response in(String session, String body, String... more) throws IOException {
        String[] headers = new String[more.length + 1];
        headers[0] = "Mcp-Session-Id: " + session;
        System.arraycopy(more, 0, headers, 1, more.length);
        return http.post(body, headers);
    }

    private String get(String session, String... more) {
        return "GET /mcp HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Accept: text/event-stream\r\n"
                + "Mcp-Session-Id: "
                + session
                + "\r\n"
                + String.join("", java.util.List.of(more).stream().map(h -> h + "\r\n").toList())
                + "\r\n";
    }

    @Test
    void initializeOpensASessionOf256RandomBits() throws IOException {
        String one = http.session("2025-11-25");
        String two = http.session("2025-11-25");
        assertThat(one).matches("[0-9a-f]{64}").isNotEqualTo(two);
        assertThat(in(one, LIST).status()).isEqualTo(200);
    }

    @Test
    void withoutASessionALegacyRequestIs400AndAnUnknownOne404() throws IOException {
        assertThat(http.post(LIST).status()).isEqualTo(400);
        assertThat(in("0".repeat(64), LIST).status()).isEqualTo(404);
    }

    @Test
    void aRefusedInitializeLeavesNoSession() throws IOException {
        for (int i = 0; i < 10; i++) {
            var answer =
                    http.post(
                            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{}}");
            assertThat(answer.body()).contains("-32602");
        }
        assertThat(http.initialize("2025-11-25").status()).isEqualTo(200);
    }

    @Test
    void aStolenIdIs404ForEverybodyElse() throws IOException {
        String session = http.session("2025-11-25", "Authorization: Bearer eve-is-not-here");
        assertThat(in(session, LIST, "Authorization: Bearer eve-is-not-here").status())
                .isEqualTo(200);
        assertThat(in(session, LIST, "Authorization: Bearer eve").status()).isEqualTo(404);
        assertThat(in(session, LIST).status()).isEqualTo(404);
        assertThat(
                        RawHttp.ask(
                                        http.port(),
                                        "DELETE /mcp HTTP/1.1\r\n"
                                                + "Host: localhost\r\n"
                                                + "Mcp-Session-Id: "
                                                + session
                                                + "\r\n\r\n")
                                .status())
                .isEqualTo(404);
    }

    @Test
    void deleteEndsTheSession() throws IOException {
        String session = http.session("2025-11-25");
        var answer =
                RawHttp.ask(
                        http.port(),
                        "DELETE /mcp HTTP/1.1\r\nHost: localhost\r\nMcp-Session-Id: "
                                + session
                                + "\r\n\r\n");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(in(session, LIST).status()).isEqualTo(404);
    }

    @Test
    void anIdleSessionEndsAndAUsedOneDoesNot() throws IOException {
        String used = http.session("2025-11-25");
        String idle = http.session("2025-11-25");
        http.now.set(http.now.get().plus(Duration.ofMinutes(29)));
        assertThat(in(used, LIST).status()).isEqualTo(200);
        http.now.set(http.now.get().plus(Duration.ofMinutes(29)));
        assertThat(in(used, LIST).status()).isEqualTo(200);
        assertThat(in(idle, LIST).status()).isEqualTo(404);
    }

    @Test
    void sessionsAreCappedUntilOneIsIdle() throws IOException {
        for (int i = 0; i < 3; i++) {
            http.session("2025-11-25");
        }
        var refused = http.initialize("2025-11-25");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isPresent();
        http.now.set(http.now.get().plus(Duration.ofMinutes(31)));
        assertThat(http.initialize("2025-11-25").status()).isEqualTo(200);
    }

    @Test
    void anUnknownVersionHeaderIs400AndAnotherLegacyOneIsTaken() throws IOException {
        String session = http.session("2025-11-25");
        assertThat(in(session, LIST, "MCP-Protocol-Version: 1999-01-01").status()).isEqualTo(400);
        assertThat(in(session, LIST, "MCP-Protocol-Version: 2025-06-18").status()).isEqualTo(200);
    }

    @Test
    void batchesAreServedOnlyIn20250326() throws IOException {
        String batch = "[" + LIST + ",{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}]";
        var old = in(http.session("2025-03-26"), batch);
        assertThat(old.status()).isEqualTo(200);
        assertThat(old.body()).startsWith("[{").contains("\"id\":1").contains("\"id\":2");
        var now = in(http.session("2025-11-25"), batch);
        assertThat(now.status()).isEqualTo(400);
        assertThat(now.body()).contains("-32600");
    }

    @Test
    void aLegacyNotificationIs202() throws IOException {
        String session = http.session("2025-11-25");
        var answer = in(session, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        assertThat(answer.status()).isEqualTo(202);
    }

    @Test
    void aQuestionIsAskedOnTheStreamAndAnsweredByAPost() throws IOException {
        String session = http.session("2025-11-25");
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(RawHttp.post(CALL.formatted(5, "ask"), "Mcp-Session-Id: " + session));
            assertThat(raw.head().getFirst()).contains(" 200 ");
            assertThat(next(raw)).isEqualTo("id: 1-0\nretry: 1000\ndata: \n\n");
            assertThat(next(raw)).startsWith("id: 1-1\ndata: {").contains("elicitation/create");
            var taken =
                    in(
                            session,
                            "{\"jsonrpc\":\"2.0\",\"id\":\"wharf-1\",\"result\":{\"action\":\"decline\"}}");
            assertThat(taken.status()).isEqualTo(202);
            assertThat(next(raw)).startsWith("id: 1-2\ndata: {").contains("decline");
            assertThat(raw.chunk()).isEmpty();
        }
    }

    @Test
    void anotherSessionCannotAnswerTheQuestion() throws IOException {
        String session = http.session("2025-11-25");
        String other = http.session("2025-11-25");
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(RawHttp.post(CALL.formatted(5, "ask"), "Mcp-Session-Id: " + session));
            raw.head();
            next(raw);
            next(raw);
            in(
                    other,
                    "{\"jsonrpc\":\"2.0\",\"id\":\"wharf-1\",\"result\":{\"action\":\"accept\"}}");
            in(
                    session,
                    "{\"jsonrpc\":\"2.0\",\"id\":\"wharf-1\",\"result\":{\"action\":\"decline\"}}");
            assertThat(next(raw)).contains("decline").doesNotContain("accept");
        }
    }

    @Test
    void aLostConnectionCancelsNothingInALegacySessionAndTheAnswerIsFoundAgain()
            throws IOException {
        String session = http.session("2025-11-25");
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(RawHttp.post(CALL.formatted(5, "ask"), "Mcp-Session-Id: " + session));
            raw.head();
            next(raw);
            next(raw);
        }
        in(session, "{\"jsonrpc\":\"2.0\",\"id\":\"wharf-1\",\"result\":{\"action\":\"cancel\"}}");
        try (RawHttp again = new RawHttp(http.port())) {
            again.send(get(session, "Last-Event-ID: 1-1"));
            assertThat(again.head().getFirst()).contains(" 200 ");
            assertThat(next(again)).startsWith("id: 1-2\ndata: {").contains("\"id\":5");
            assertThat(again.chunk()).isEmpty();
        }
        assertThat(http.harbour.cancellations.get()).isZero();
    }

    @Test
    void aStreamIsReplayedOnlyToItsOwnSession() throws IOException {
        String session = http.session("2025-11-25");
        String other = http.session("2025-11-25");
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(RawHttp.post(CALL.formatted(5, "ask"), "Mcp-Session-Id: " + session));
            raw.head();
            next(raw);
            var refused = RawHttp.ask(http.port(), get(other, "Last-Event-ID: 1-0"));
            assertThat(refused.status()).isEqualTo(400);
        }
    }

    @Test
    void aSecondStandingStreamIs409() throws IOException {
        for (int round = 0; round < 50; round++) { // the head must never come before the claim
            String session = http.session("2025-11-25");
            try (RawHttp raw = new RawHttp(http.port())) {
                raw.send(get(session));
                assertThat(raw.head().getFirst()).contains(" 200 ");
                assertThat(RawHttp.ask(http.port(), get(session)).status()).isEqualTo(409);
            }
            RawHttp.ask(http.port(), get(session).replaceFirst("GET", "DELETE"));
        }
    }

    @Test
    void aStandingStreamIsFreeAgainWhenItsConnectionWent() throws Exception {
        String session = http.session("2025-11-25");
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(get(session));
            assertThat(raw.head().getFirst()).contains(" 200 ");
        }
        boolean taken = false;
        while (!taken) { // the server notices the end soon, not at once
            try (RawHttp raw = new RawHttp(http.port())) {
                raw.send(get(session));
                taken = raw.head().getFirst().contains(" 200 ");
            }
            Thread.sleep(5);
        }
    }

    @Test
    void aModernClientThatGoesAwayCancelsItsCall() throws IOException, InterruptedException {
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(HttpFixture.modernRequest("tools/call", "hold", "\"name\":\"hold\""));
            awaitHolding(1);
            assertThat(http.harbour.cancellations.get()).isZero();
        }
        while (http.harbour.cancellations.get() == 0) {
            Thread.sleep(5);
        }
    }

    @Test
    void aLegacyCallIsCancelledByItsNotification() throws IOException, InterruptedException {
        String session = http.session("2025-11-25");
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(RawHttp.post(CALL.formatted(7, "hold"), "Mcp-Session-Id: " + session));
            raw.head();
            next(raw);
            awaitHolding(1);
            in(
                    session,
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
                            + "\"params\":{\"requestId\":7}}");
            assertThat(raw.chunk()).as("the stream ends, and nothing is said").isEmpty();
        }
        assertThat(http.harbour.cancellations.get()).isEqualTo(1);
    }

    @Test
    void progressTurnsAShortAnswerIntoAStream() throws IOException {
        var answer =
                http.post(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":"
                            + "\"steps\",\"_meta\":{\"progressToken\":\"t\","
                                + HttpFixture.META.substring("\"_meta\":{".length())
                                + "}}",
                        "MCP-Protocol-Version: 2026-07-28",
                        "Mcp-Method: tools/call",
                        "Mcp-Name: steps");
        assertThat(answer.header("Content-Type")).contains("text/event-stream");
        assertThat(answer.body().split("\n\n")).hasSize(4);
        assertThat(answer.body()).contains("\"progress\":3").contains("three steps");
    }

    @Test
    void aClientThatTakesNoEventsGetsTheAnswerWithoutThem() throws IOException {
        var answer =
                http.post(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":"
                            + "\"steps\",\"_meta\":{\"progressToken\":\"t\","
                                + HttpFixture.META.substring("\"_meta\":{".length())
                                + "}}",
                        "MCP-Protocol-Version: 2026-07-28",
                        "Mcp-Method: tools/call",
                        "Mcp-Name: steps",
                        "Accept: application/json");
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.body()).contains("three steps").doesNotContain("progress\"");
    }

    private void awaitHolding(int calls) throws InterruptedException {
        while (http.harbour.holding.get() < calls) {
            Thread.sleep(5);
        }
    }

    private static String next(RawHttp raw) throws IOException {
        return new String(raw.chunk(), UTF_8);
    }
}
