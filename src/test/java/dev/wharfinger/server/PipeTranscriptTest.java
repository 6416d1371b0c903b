package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.mcp.Harbour;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Every {@code wire/*.txt} is played against a real pipe and compared byte for byte. */
class PipeTranscriptTest {
    static List<Path> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/wire"))) {
            return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("transcripts")
    void theServerSaysWhatTheTranscriptSays(Path file, @TempDir Path folder) throws Exception {
        Harbour harbour = new Harbour();
        try (PipeClient client = new PipeClient(folder, harbour, Durability.none(), 4096)) {
            for (WireTranscript.Step step : WireTranscript.read(file).steps()) {
                switch (step) {
                    case WireTranscript.Step.Sends(var bytes) -> client.send(bytes);
                    case WireTranscript.Step.Receives(var line) ->
                            assertThat(client.receive()).isEqualTo(line);
                    case WireTranscript.Step.Signal(var word) -> {
                        if (word.equals("ends")) {
                            client.end();
                            continue;
                        }
                        assertThat(word).isEqualTo("held");
                        while (harbour.holding.get() == 0) {
                            Thread.onSpinWait();
                        }
                    }
                }
            }
            assertThat(client.rest()).as("nothing more is said").isEmpty();
        }
    }
}
