package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.mcp.StrictJson;
import dev.wharfinger.mcp.StrictJsonTest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Documents made to break a reader, at the door of a real server that takes 8 MiB as usual. */
class HostileBodiesTest {
    private static HttpFixture http;

    @BeforeAll
    static void start() {
        http = new HttpFixture(new SecureRandom(), HttpServer.Limits.usual());
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    private static RawHttp.Response sent(byte[] body) throws IOException {
        try (RawHttp raw = new RawHttp(http.port())) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(
                    RawHttp.post("")
                            .replace("Content-Length: 0", "Content-Length: " + body.length)
                            .getBytes(ISO_8859_1));
            all.writeBytes(body);
            try {
                raw.send(all.toByteArray());
            } catch (java.net.SocketException refused) {
                // told before all was sent: the answer is there to be read
            }
            return raw.receive();
        }
    }

    /** The corpus of the reader, and the same documents in the place of a call's arguments. */
    static Stream<Arguments> documents() {
        return StrictJsonTest.hostileDocuments()
                .flatMap(each -> {
                    String name = String.valueOf(each.get()[0]);
                    byte[] document = (byte[]) Objects.requireNonNull(each.get()[1]);
                    return Stream.of(
                            Arguments.of(name, document),
                            Arguments.of(name + ", as arguments", asArguments(document)));
                });
    }

    private static byte[] asArguments(byte[] document) {
        ByteArrayOutputStream call = new ByteArrayOutputStream();
        call.writeBytes(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"arguments\":"
                        .getBytes(UTF_8));
        call.writeBytes(document);
        call.writeBytes("}}".getBytes(UTF_8));
        return call.toByteArray();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void aBrokenDocumentIsAnsweredAsOneAndTellsNothingOfUs(String name, byte[] body)
            throws IOException {
        RawHttp.Response answer = sent(body);
        if (body.length > StrictJson.MAX_BYTES) {
            assertThat(answer.status()).isEqualTo(413);
            return;
        }
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.body())
                .startsWith("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,")
                .doesNotContain("\"id\"")
                .doesNotContain("tools.jackson")
                .doesNotContain("Exception")
                .hasSizeLessThan(300);
    }

    static Stream<Arguments> heavy() {
        return Stream.of(
                Arguments.of("nesting of 100,000", "[".repeat(100_000) + "]".repeat(100_000)),
                Arguments.of("objects, 100,000 deep", "{\"a\":".repeat(100_000)),
                Arguments.of("a number of a million digits", "[" + "9".repeat(1_000_000) + "]"),
                Arguments.of("a fraction of a million digits", "[0." + "9".repeat(1_000_000) + "]"),
                Arguments.of("two million keys", keys(2_000_000)),
                Arguments.of("keys that collide", colliding(16)),
                Arguments.of("names of a million letters", "{\"" + "k".repeat(1_000_000) + "\":1}"),
                Arguments.of("a string of 20 MB", "[\"" + "s".repeat(20_000_000) + "\"]"),
                Arguments.of("escapes", "[\"" + "\\u0061".repeat(1_200_000) + "\"]"),
                Arguments.of("blanks", " ".repeat(8_000_000)),
                Arguments.of("empty arrays", "[" + "[],".repeat(1_000_000) + "[]]"));
    }

    /** Two million keys of two letters and more, or as many as fit in 8 MiB. */
    private static String keys(int count) {
        StringBuilder all = new StringBuilder("{");
        for (int i = 0; i < count && all.length() < 8_000_000; i++) {
            all.append('"').append(Integer.toString(i, 36)).append("\":0,");
        }
        return all.append("\"end\":0}").toString();
    }

    /** 2^bits keys with one and the same hash: made of Aa and BB. */
    private static String colliding(int bits) {
        StringBuilder all = new StringBuilder("{");
        IntStream.range(0, 1 << bits)
                .forEach(i -> {
                    all.append('"');
                    for (int bit = 0; bit < bits; bit++) {
                        all.append((i >> bit & 1) == 0 ? "Aa" : "BB");
                    }
                    all.append("\":0,");
                });
        return all.append("\"end\":0}").toString();
    }

    /** The goal is 50 ms; what is asserted leaves room for a machine that does other things. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("heavy")
    void aHeavyDocumentIsDoneWithQuickly(String name, String document) throws IOException {
        byte[] body = document.getBytes(UTF_8);
        sent(body);
        long start = System.nanoTime();
        RawHttp.Response answer = sent(body);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        System.out.printf(
                "hostile body: %s (%,d bytes): %d in %d ms%n",
                name, body.length, answer.status(), millis);
        assertThat(answer.status()).isIn(400, 413);
        assertThat(millis).isLessThan(5_000);
        assertThat(http.modern("tools/list", "", "").status()).isEqualTo(200);
    }

    @Test
    void keysThatCollideAreReadAsQuicklyAsOthersWhereTheyAreFew() throws IOException {
        RawHttp.Response answer =
                sent(
                        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"x\":" + colliding(12) + "}")
                                .getBytes(UTF_8));
        assertThat(answer.body()).contains("`method` must be a string");
    }

    @ParameterizedTest
    @CsvSource({"8388608,400", "8388609,413"})
    void theLimitIsExact(int bytes, int status) throws IOException {
        assertThat(sent(" ".repeat(bytes).getBytes(UTF_8)).status()).isEqualTo(status);
    }
}
