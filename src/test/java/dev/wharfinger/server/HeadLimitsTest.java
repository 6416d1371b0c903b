package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** A head has 64 fields and 16 KiB; one more ends the connection. */
class HeadLimitsTest {
    private static HttpFixture http;

    @BeforeAll
    static void start() {
        http = new HttpFixture();
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    private static String list(String... more) {
        return HttpFixture.modernRequest("tools/list", "", "", more);
    }

    /** A refusal may overtake what is still being sent, and take itself along. */
    private static int status(String request) throws IOException {
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send(request);
            int status = raw.receive().status();
            if (status == 200) {
                raw.send(list());
                assertThat(raw.receive().status()).isEqualTo(200);
            } else {
                assertThat(raw.isClosed()).isTrue();
            }
            return status;
        } catch (SocketException reset) {
            return 400;
        }
    }

    @ParameterizedTest
    @CsvSource({"64,200", "65,400", "1000,400"})
    void aHeadHas64Fields(int fields, int status) throws IOException {
        List<String> more = new ArrayList<>();
        int usual = list().split("\r\n\r\n")[0].split("\r\n").length - 1;
        for (int i = usual; i < fields; i++) {
            more.add("X-" + i + ": 1");
        }
        assertThat(status(list(more.toArray(String[]::new)))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"16000,200", "17000,400", "1000000,400"})
    void aHeadHas16KiB(int bytes, int status) throws IOException {
        int usual = list("X: ").indexOf("\r\n\r\n") + 4;
        assertThat(status(list("X: " + "x".repeat(bytes - usual)))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"16000,404", "17000,400"})
    void soDoesItsFirstLine(int bytes, int status) throws IOException {
        try (RawHttp raw = new RawHttp(http.port())) {
            raw.send("GET /" + "x".repeat(bytes - 60) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(raw.receive().status()).isEqualTo(status);
        }
    }
}
