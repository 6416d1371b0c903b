package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.mcp.Harbour;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

class PipeServerTest {
    private static final String ECHO =
            "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
                + "\"arguments\":{\"text\":\"%s\"}}}";
    private static final String HOLD =
            "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"hold\"}}";

    private final Harbour harbour = new Harbour();
    private final PlannedJournal journal = new PlannedJournal();

    @TempDir Path folder;

    private PipeClient client() throws Exception {
        return new PipeClient(folder, harbour, journal, 8 << 20);
    }

    /** A journal whose flush the test decides. */
    private static final class PlannedJournal implements Durability {
        private final List<Runnable> waiting = new ArrayList<>();
        private final List<Runnable> stopping = new ArrayList<>();

        @Override
        public synchronized void whenDurable(long index, Runnable then) {
            waiting.add(then);
        }

        @Override
        public synchronized void onStopped(Runnable then) {
            stopping.add(then);
        }

        synchronized int waiting() {
            return waiting.size();
        }

        synchronized void flush() {
            waiting.forEach(Runnable::run);
            waiting.clear();
        }

        synchronized void stop() {
            stopping.forEach(Runnable::run);
        }
    }

    @Test
    void aLastLineWithoutItsEndIsStillAnswered() throws Exception {
        try (PipeClient client = client()) {
            client.send(ECHO.formatted(1, "x").getBytes(UTF_8));
            assertThat(client.rest()).contains("\"id\":1").contains("\"text\":\"x\"");
        }
    }

    @Test
    void endOfInputInTheMiddleOfAMessageIsAParseError() throws Exception {
        try (PipeClient client = client()) {
            client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"meth".getBytes(UTF_8));
            assertThat(client.rest()).contains("-32700").doesNotContain("\"id\"");
        }
    }

    @Test
    void endOfInputInTheMiddleOfACharacterIsAParseError() throws Exception {
        try (PipeClient client = client()) {
            client.send(new byte[] {'"', (byte) 0xe2, (byte) 0x82});
            assertThat(client.rest()).contains("-32700").contains("not UTF-8");
        }
    }

    @Test
    void charactersMayBeCutAnywhereBetweenTwoReads() throws Exception {
        byte[] line = (ECHO.formatted(1, "ä€🚀") + "\n").getBytes(UTF_8);
        try (PipeClient client = client()) {
            for (byte one : line) {
                client.send(new byte[] {one});
            }
            assertThat(client.receive()).contains("ä€🚀");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void linesAreWholeHoweverTheBytesArrive() throws Exception {
        long seed = Long.getLong("wharf.seed", 20261126L);
        Random random = new Random(seed);
        StringBuilder all = new StringBuilder();
        for (int id = 0; id < 300; id++) {
            all.append(ECHO.formatted(id, "ü".repeat(random.nextInt(2000)))).append('\n');
        }
        byte[] bytes = all.toString().getBytes(UTF_8);
        try (PipeClient client = client()) {
            Thread sender =
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int at = 0; at < bytes.length; ) {
                                    int end =
                                            Math.min(bytes.length, at + 1 + random.nextInt(40_000));
                                    sendPart(client, bytes, at, end);
                                    at = end;
                                }
                            });
            for (int id = 0; id < 300; id++) {
                assertThat(client.receive()).as("seed %d", seed).contains("\"id\":" + id + ",");
            }
            sender.join();
            assertThat(client.rest()).isEmpty();
        }
    }

    private static void sendPart(PipeClient client, byte[] bytes, int from, int to) {
        try {
            client.send(java.util.Arrays.copyOfRange(bytes, from, to));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aLineOf64MiBIsAnsweredAndSkipped() throws Exception {
        byte[] mebibyte = "x".repeat(1 << 20).getBytes(UTF_8);
        try (PipeClient client = client()) {
            for (int i = 0; i < 64; i++) {
                client.send(mebibyte);
            }
            client.send("\n" + ECHO.formatted(2, "after"));
            assertThat(client.receive()).contains("-32700").contains("longer than 8388608 bytes");
            assertThat(client.receive()).contains("\"text\":\"after\"");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void atTheEndOfInputACallThatWaitsIsCancelled() throws Exception {
        try (PipeClient client = client()) {
            client.send(HOLD.formatted(1));
            while (harbour.holding.get() == 0) {
                Thread.onSpinWait();
            }
            assertThat(client.rest()).isEmpty();
            while (harbour.cancellations.get() == 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aClientThatNeverReadsHoldsUpNobodyElse() throws Exception {
        try (PipeClient deaf = client();
                PipeClient other = client()) {
            Thread sender =
                    Thread.ofPlatform()
                            .daemon()
                            .start(() -> {
                                String line = ECHO.formatted(1, "x".repeat(100_000)) + "\n";
                                byte[] bytes = line.getBytes(UTF_8);
                                try {
                                    for (int i = 0; i < 2000; i++) {
                                        deaf.send(bytes);
                                    }
                                } catch (java.io.IOException expected) {
                                    // closed by the test's end, while still sending
                                }
                            });
            for (int id = 0; id < 200; id++) {
                other.send(ECHO.formatted(id, "y"));
                assertThat(other.receive()).contains("\"id\":" + id + ",");
            }
            assertThat(sender.isAlive()).as("200 MB did not all fit anywhere").isTrue();
        }
    }

    @Test
    void aClientThatNeverReadsIsGivenUpAndWhatRunsForItIsCancelled() throws Exception {
        Duration patience = Duration.ofSeconds(1);
        try (PipeClient deaf = new PipeClient(folder, harbour, journal, 8 << 20, patience)) {
            deaf.send(HOLD.formatted(0));
            CompletableFuture<Void> sending =
                    CompletableFuture.runAsync(() -> {
                        byte[] line =
                                (ECHO.formatted(1, "x".repeat(10_000)) + "\n").getBytes(UTF_8);
                        for (int i = 0; i < 100_000; i++) {
                            sendPart(deaf, line, 0, line.length);
                        }
                    });
            deaf.awaitServed();
            assertThat(sending).as("1 GB did not fit").failsWithin(Duration.ofSeconds(10));
            while (harbour.cancellations.get() == 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aClientThatReadsSlowlyIsNotGivenUp() throws Exception {
        Duration patience = Duration.ofSeconds(3);
        try (PipeClient slow = new PipeClient(folder, harbour, journal, 8 << 20, patience)) {
            Thread sender =
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int id = 0; id < 60; id++) {
                                    byte[] line =
                                            (ECHO.formatted(id, "x".repeat(1 << 20)) + "\n")
                                                    .getBytes(UTF_8);
                                    sendPart(slow, line, 0, line.length);
                                }
                            });
            for (int id = 0; id < 60; id++) {
                assertThat(slow.receive()).contains("\"id\":" + id + ",");
                Thread.sleep(80); // longer than the patience in all, shorter each time
            }
            sender.join();
            assertThat(slow.rest()).isEmpty();
        }
    }

    @Test
    void anAnswerLeavesOnlyWhenTheJournalIsDurable() throws Exception {
        harbour.durableUpTo.set(41);
        try (PipeClient client = client()) {
            client.send(ECHO.formatted(1, "x").replace("\"echo\"", "\"durable\""));
            client.send(ECHO.formatted(2, "free"));
            assertThat(client.receive()).contains("free");
            assertThat(journal.waiting()).isEqualTo(1);
            journal.flush();
            assertThat(client.receive()).contains("\"id\":1").contains("written");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void whenTheJournalStopsTheCallerIsToldOnceAndOnlyOnce() throws Exception {
        harbour.durableUpTo.set(41);
        try (PipeClient client = client()) {
            client.send(ECHO.formatted(1, "x").replace("\"echo\"", "\"durable\""));
            while (journal.waiting() == 0) {
                Thread.onSpinWait();
            }
            journal.stop();
            assertThat(client.receive())
                    .contains("\"id\":1,")
                    .contains("-32603")
                    .contains("journal.stopped");
            journal.flush();
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void manyWaitingCallsAreCancelledEachByItsOwnId() throws Exception {
        try (PipeClient client = client()) {
            for (int id = 0; id < 100; id++) {
                client.send(HOLD.formatted(id));
            }
            while (harbour.holding.get() < 100) {
                Thread.onSpinWait();
            }
            for (int id = 0; id < 100; id++) {
                client.send(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
                                + "\"params\":{\"requestId\":"
                                + id
                                + "}}");
            }
            while (harbour.cancellations.get() < 100) {
                Thread.onSpinWait();
            }
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void twoClientsWithTheSameIdsNeverGetEachOthersAnswers() throws Exception {
        try (PipeClient one = client();
                PipeClient two = client()) {
            Set<String> ones = new HashSet<>();
            Set<String> twos = new HashSet<>();
            for (int id = 0; id < 500; id++) {
                one.send(ECHO.formatted(id, "one"));
                two.send(ECHO.formatted(id, "two"));
                ones.add(one.receive());
                twos.add(two.receive());
            }
            assertThat(ones).hasSize(500).allMatch(line -> line.contains("\"text\":\"one\""));
            assertThat(twos).hasSize(500).allMatch(line -> line.contains("\"text\":\"two\""));
        }
    }
}
