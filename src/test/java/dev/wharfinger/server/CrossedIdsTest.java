package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two people use the same ids at the same time: nobody gets what is the other's. */
class CrossedIdsTest {
    private static final int CALLS = Integer.getInteger("wharf.hostile.calls", 10_000);
    private static final int CONNECTIONS = 4;

    private static HttpFixture http;

    @BeforeAll
    static void start() {
        http = new HttpFixture();
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    private static String call(String who, int id, String session) {
        String arguments = "\"arguments\":{\"text\":\"" + who + "-" + id + "\"}";
        String params = "\"name\":\"echo\"," + arguments;
        String[] headers = {"Authorization: Bearer " + who, "Mcp-Session-Id: " + session};
        if (session.isEmpty()) {
            return HttpFixture.modernRequest(id, "tools/call", "echo", params, headers[0]);
        }
        return RawHttp.post(
                "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{%s}}"
                        .formatted(id, params),
                headers);
    }

    /** How many answers were not those of the calls. */
    private static int crossed(String who, String session) throws IOException {
        int crossed = 0;
        try (RawHttp raw = new RawHttp(http.port())) {
            for (int id = 0; id < CALLS / 2 / CONNECTIONS; id++) {
                raw.send(call(who, id, session));
                String body = raw.receive().body();
                boolean ours =
                        body.contains("\"id\":" + id + ",")
                                && body.contains("\"text\":\"" + who + "-" + id + "\"");
                crossed += ours ? 0 : 1;
            }
        }
        return crossed;
    }

    private static int crossed(List<Callable<Integer>> clients) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int all = 0;
            for (Future<Integer> each : threads.invokeAll(clients)) {
                all += each.get();
            }
            return all;
        }
    }

    @Test
    void modernCallsWithTheSameIdsAreNeverCrossed() throws Exception {
        List<Callable<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(() -> crossed("anna", ""));
            clients.add(() -> crossed("eve", ""));
        }
        assertThat(crossed(clients)).isZero();
    }

    /**
     * In one session an id is in use once at a time, so each connection has a session of its own.
     */
    @Test
    void sessionsWithTheSameIdsAreNeverCrossed() throws Exception {
        List<Callable<Integer>> clients = new ArrayList<>();
        String annas = http.session("2025-11-25", "Authorization: Bearer anna");
        String eves = http.session("2025-11-25", "Authorization: Bearer eve");
        clients.add(() -> crossed("anna", annas));
        clients.add(() -> crossed("eve", eves));
        assertThat(crossed(clients)).isZero();
    }

    @Test
    void aStolenSessionIsUnknownWhateverIsAskedOfIt() throws IOException {
        String annas = http.session("2025-11-25", "Authorization: Bearer anna");
        String head = " /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n";
        for (String who : List.of("eve", "anna ", "Anna")) {
            String stolen =
                    "Mcp-Session-Id: " + annas + "\r\nAuthorization: Bearer  " + who + "x\r\n";
            for (String more : List.of("", "Last-Event-ID: g-0\r\n", "Last-Event-ID: 1-0\r\n")) {
                var got = RawHttp.ask(http.port(), "GET" + head + stolen + more + "\r\n");
                assertThat(got.status()).isEqualTo(404);
            }
            var ended = RawHttp.ask(http.port(), "DELETE" + head + stolen + "\r\n");
            assertThat(ended.status()).isEqualTo(404);
        }
        var hers = RawHttp.ask(http.port(), call("anna", 1, annas));
        assertThat(hers.body()).contains("anna-1");
    }
}
