package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All bodies that are being read share one room; plain calls need none of it. */
class BodyRoomTest {
    private static final int LONG = 99_000;

    private final HttpFixture http = new HttpFixture();
    private final List<RawHttp> waiting = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (RawHttp one : waiting) {
            one.close();
        }
        http.close();
    }

    /** A body that wants one more byte. */
    private RawHttp begun() throws IOException {
        RawHttp raw = new RawHttp(http.port());
        waiting.add(raw);
        String head =
                RawHttp.post("").replace("Content-Length: 0", "Content-Length: " + (LONG + 1));
        raw.send(head + " ".repeat(LONG));
        return raw;
    }

    private int whole() throws IOException {
        return http.post(" ".repeat(LONG)).status();
    }

    @Test
    void whenTheRoomIsTakenALongBodyIsToldToComeAgainAndAPlainCallIsServed() throws Exception {
        RawHttp.Response told;
        do { // 83 KB of each need room, and there is 1 MB
            begun();
            told = http.post(" ".repeat(LONG));
        } while (told.status() == 400);
        assertThat(told.status()).isEqualTo(503);
        assertThat(waiting).hasSizeGreaterThan(10);
        assertThat(told.header("Retry-After")).contains("1");
        assertThat(told.header("Connection")).contains("close");
        assertThat(http.modern("tools/list", "", "").status()).isEqualTo(200);
        waiting.getFirst().send(" ");
        assertThat(waiting.getFirst().receive().status())
                .as("it was read all along")
                .isEqualTo(400);
    }

    @Test
    void whoLeavesGivesItsRoomBack() throws Exception {
        do {
            begun();
        } while (whole() != 503);
        for (RawHttp one : waiting) {
            one.close();
        }
        int status = 503;
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (status == 503 && System.nanoTime() < until) {
            status = whole();
        }
        assertThat(status).isEqualTo(400);
    }

    @Test
    void aBodyThatStopsInTheMiddleIsCutOffWithinTenSeconds() throws Exception {
        RawHttp raw = begun();
        long start = System.nanoTime();
        assertThat(raw.isClosed()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }
}
