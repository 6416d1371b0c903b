package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Every {@code wire/http/*.txt} is played against a real server and compared byte for byte. */
class HttpTranscriptTest {
    static List<Path> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/wire/http"))) {
            return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
        }
    }

    /** Ids of sessions that a file can name: 01…01, 02…02 and so on. */
    private static final class Counting implements RandomGenerator {
        private byte at;

        @Override
        public long nextLong() {
            throw new IllegalStateException("only bytes are asked for");
        }

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, ++at);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("transcripts")
    void theServerSaysWhatTheTranscriptSays(Path file) throws IOException {
        HttpTranscript transcript = HttpTranscript.read(file);
        assertThat(transcript.exchanges()).isNotEmpty();
        try (HttpFixture http = new HttpFixture(new Counting(), HttpFixture.LIMITS)) {
            RawHttp raw = new RawHttp(http.port());
            for (HttpTranscript.Exchange exchange : transcript.exchanges()) {
                raw.send(exchange.request());
                RawHttp.Response response = raw.receive();
                assertThat(HttpTranscript.written(response))
                        .as(exchange.remark())
                        .isEqualTo(exchange.response());
                if (response.header("Connection").filter("close"::equals).isPresent()) {
                    assertThat(raw.isClosed()).as("it says that it closes").isTrue();
                    raw.close();
                    raw = new RawHttp(http.port());
                }
            }
            raw.close();
        }
    }
}
