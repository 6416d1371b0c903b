package dev.wharfinger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A real process, killed without warning under 16 writers. */
class JournalKillTest {
    private static final String ORIGIN = "example.com/journal/shop";
    private static final int KILLS = 5;
    private static final int WRITERS = 16;

    @TempDir Path state;

    @Test
    void nothingAcknowledgedIsLostWhenTheProcessIsKilled() throws Exception {
        long seed = Long.getLong("wharf.seed", 20261126L);
        System.out.println("seed " + seed);
        var random = new Random(seed);
        Map<Long, String> acknowledged = new HashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            Process writer = start();
            try (BufferedReader lines = writer.inputReader()) {
                int until = 50 + random.nextInt(3000);
                for (int i = 0; i < until; i++) {
                    String line = lines.readLine();
                    assertThat(line).as("the writer lives until it is killed").isNotNull();
                    acknowledge(line, acknowledged);
                }
                writer.toHandle().destroyForcibly(); // keeps what is in the pipe
                lines.lines()
                        .filter(line -> line.endsWith("}"))
                        .forEach(line -> acknowledge(line, acknowledged));
            } finally {
                writer.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
            }
            assertAllThere(acknowledged, seed);
        }
    }

    @Test
    void anotherProcessIsRefusedByTheHoldersId() throws Exception {
        Process writer = start();
        try (BufferedReader lines = writer.inputReader()) {
            assertThat(lines.readLine()).isNotNull();
            assertThatThrownBy(() -> FileJournal.open(state, ORIGIN, Clock.systemUTC()))
                    .isInstanceOf(JournalRefused.class)
                    .hasMessageContaining("process " + writer.pid() + " holds");
        } finally {
            writer.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        FileJournal.open(state, ORIGIN, Clock.systemUTC()).close();
    }

    private Process start() throws Exception {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        state.toString(),
                        ORIGIN,
                        Integer.toString(WRITERS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void acknowledge(String printed, Map<Long, String> acknowledged) {
        int blank = printed.indexOf(' ');
        String before =
                acknowledged.put(
                        Long.parseLong(printed.substring(0, blank)), printed.substring(blank + 1));
        assertThat(before).as("an index is given once").isNull();
    }

    private void assertAllThere(Map<Long, String> acknowledged, long seed) throws Exception {
        try (FileJournal journal = FileJournal.open(state, ORIGIN, Clock.systemUTC())) {
            Map<Long, String> there = new HashMap<>();
            journal.from(0).forEach(entry -> there.put(entry.index(), entry.line()));
            assertThat(there.size()).isEqualTo((int) journal.size());
            acknowledged.forEach((index, line) ->
                    assertThat(there.get(index))
                            .as("entry " + index + ", seed " + seed)
                            .isEqualTo(line));
        }
        assertThat(JournalReader.open(state).verify().isVerified()).isTrue();
    }
}
