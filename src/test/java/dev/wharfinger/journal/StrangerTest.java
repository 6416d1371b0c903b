package dev.wharfinger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A stranger's verification: what {@code docs/journal-format.md} prints, run as it stands there
 * with stock tools, on journals that are whole and on journals that are not.
 */
class StrangerTest {
    private static final Path PAGE = Path.of("docs/journal-format.md");
    private static final Pattern SHELL = Pattern.compile("```\n(sed .*?)```", Pattern.DOTALL);
    private static final Pattern PYTHON = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);
    private static final List<String> TOOLS =
            List.of("sh", "sed", "awk", "base64", "xxd", "openssl", "python3");

    @TempDir private Path folder = Path.of("/");
    private Path state = folder;
    private Path desk = folder;

    @BeforeEach
    void makeATable() throws IOException {
        for (String tool : TOOLS) {
            assumeTrue(isHere(tool), "the stranger has no `" + tool + "`");
        }
        state = folder.resolve("state");
        desk = Files.createDirectory(folder.resolve("desk"));
        String page = Files.readString(PAGE);
        Files.writeString(desk.resolve("signature.sh"), "set -e\n" + block(SHELL, page));
        Files.writeString(desk.resolve("root.py"), block(PYTHON, page));
    }

    private static boolean isHere(String tool) {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    private static String block(Pattern fence, String page) {
        var found = fence.matcher(page);
        assertThat(found.find()).as("the page has the block %s", fence).isTrue();
        return found.group(1);
    }

    /** A journal of so many entries, and what the stranger takes of it. */
    private void write(int entries) throws Exception {
        Files.createDirectories(state);
        try (var journal = FileJournal.open(state, "example.com/shop", InstantSource.system())) {
            long last = 0;
            for (int i = 0; i < entries; i++) {
                last = journal.append("{\"type\":\"note\",\"text\":\"Lädt nicht " + i + " 🚨\"}");
            }
            if (entries > 0) {
                journal.awaitDurable(last);
                journal.sign();
            }
        }
        Files.copy(state.resolve("checkpoint/checkpoint"), desk.resolve("checkpoint"));
        Files.copy(state.resolve("journal.vkey"), desk.resolve("journal.vkey"));
    }

    private boolean signatureHolds() throws Exception {
        return ends("sh", "signature.sh");
    }

    private boolean rootHolds() throws Exception {
        return ends("python3", "root.py", entries().toString(), "checkpoint");
    }

    private Path entries() {
        return state.resolve("journal/entries");
    }

    private boolean ends(String... command) throws Exception {
        var process =
                new ProcessBuilder(command)
                        .directory(desk.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 300})
    void aWholeJournalIsBelieved(int entries) throws Exception {
        write(entries);
        assertThat(signatureHolds()).isTrue();
        assertThat(rootHolds()).isTrue();
    }

    @Test
    void oneChangedBitOfAnEntryIsFound() throws Exception {
        write(7);
        byte[] bytes = Files.readAllBytes(entries());
        bytes[8 + 20] ^= 1;
        Files.write(entries(), bytes);
        assertThat(rootHolds()).isFalse();
    }

    @Test
    void aLogThatWasCutIsFound() throws Exception {
        write(7);
        byte[] bytes = Files.readAllBytes(entries());
        Files.write(entries(), java.util.Arrays.copyOf(bytes, 100));
        assertThat(rootHolds()).isFalse();
        Files.write(entries(), new byte[0]);
        assertThat(rootHolds()).isFalse();
    }

    @Test
    void aCheckpointThatSaysAnotherSizeIsNotBelieved() throws Exception {
        write(7);
        Path checkpoint = desk.resolve("checkpoint");
        Files.writeString(checkpoint, Files.readString(checkpoint).replaceFirst("\n7\n", "\n6\n"));
        assertThat(signatureHolds()).isFalse();
        assertThat(rootHolds()).isFalse();
    }

    @Test
    void anotherJournalsKeyIsNotBelieved() throws Exception {
        write(7);
        Path other = Files.createDirectories(folder.resolve("other"));
        FileJournal.open(other, "example.com/shop", InstantSource.system()).close();
        Files.delete(desk.resolve("journal.vkey"));
        Files.copy(other.resolve("journal.vkey"), desk.resolve("journal.vkey"));
        assertThat(signatureHolds()).isFalse();
        assertThat(rootHolds()).isTrue();
    }

    @Test
    void whoeverHasNoCheckpointBelievesNothing() throws Exception {
        write(7);
        Files.delete(desk.resolve("checkpoint"));
        assertThat(signatureHolds()).isFalse();
        assertThat(rootHolds()).isFalse();
    }
}
