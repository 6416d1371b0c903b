package dev.wharfinger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class FileJournalTest {
    private static final String ORIGIN = "example.com/journal/shop";

    @TempDir Path state;

    private FileJournal open() throws Exception {
        return FileJournal.open(state, ORIGIN, Clock.systemUTC());
    }

    @Test
    void beginsWithASignedCheckpointOfSizeZero() throws Exception {
        try (FileJournal journal = open()) {
            assertThat(journal.checkpoint().size()).isZero();
            assertThat(journal.checkpoint().root()).isEqualTo(Digest.EMPTY_ROOT);
            assertThat(journal.origin()).isEqualTo(ORIGIN);
            assertThat(SignedNote.parse(journal.checkpoint().note()))
                    .returns(true, note -> isSigned(note, journal.vkey()));
        }
        assertThat(JournalReader.open(state).verify().isVerified()).isTrue();
    }

    private static boolean isSigned(SignedNote note, String vkey) {
        try {
            return note.isSignedBy(NoteVerifier.parse(vkey));
        } catch (NoteUnreadable e) {
            return false;
        }
    }

    @Test
    void keepsWhatWasAppendedInOrder() throws Exception {
        try (FileJournal journal = open()) {
            for (int i = 0; i < 1000; i++) {
                assertThat(journal.append("{\"n\":" + i + "}")).isEqualTo(i);
            }
            journal.awaitDurable(999);
            assertThat(journal.durableSize()).isEqualTo(1000);
            assertThat(journal.entry(500).line()).isEqualTo("{\"n\":500}");
        }
        try (FileJournal journal = open()) {
            assertThat(journal.size()).isEqualTo(1000);
            assertThat(journal.checkpoint().size()).isEqualTo(1000);
            assertThat(journal.from(998).map(JournalEntry::line))
                    .containsExactly("{\"n\":998}", "{\"n\":999}");
            assertThat(journal.from(0)).hasSize(1000);
            assertThat(journal.from(1000)).isEmpty();
            assertThat(journal.append("{}")).isEqualTo(1000);
        }
        assertThat(JournalReader.open(state).verify())
                .returns(true, Verification::isVerified)
                .returns(1001L, Verification::size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "\ud800", "x\udc00y"})
    void linesThatCouldNotBeReadBackAreNotAppended(String line) throws Exception {
        try (FileJournal journal = open()) {
            assertThatThrownBy(() -> journal.append(line))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(journal.size()).isZero();
        }
    }

    @Test
    void takesSixteenKibibytesAndNotOneMore() throws Exception {
        String largest = "é".repeat(JournalEntry.MAX_BYTES / 2);
        try (FileJournal journal = open()) {
            assertThat(journal.entry(journal.append(largest)).line()).isEqualTo(largest);
            assertThatThrownBy(() -> journal.append(largest + "x"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void callsBackInBatchesOnItsOwnThread() throws Exception {
        try (FileJournal journal = open()) {
            List<Long> seen = Collections.synchronizedList(new ArrayList<>());
            var all = new CountDownLatch(2000);
            for (int i = 0; i < 2000; i++) {
                long index = journal.append("{}");
                journal.whenDurable(
                        index,
                        () -> {
                            assertThat(journal.durableSize()).isGreaterThan(index);
                            seen.add(index);
                            all.countDown();
                        });
            }
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(seen).doesNotHaveDuplicates().hasSize(2000);
        }
    }

    @Test
    void becomesDurableWhenNobodyWaits() throws Exception {
        try (FileJournal journal = open()) {
            journal.append("{}");
            while (journal.durableSize() == 0) {
                Thread.sleep(1);
            }
            while (journal.checkpoint().size() == 0) {
                Thread.sleep(1);
            }
            assertThat(journal.checkpoint().size()).isEqualTo(1);
        }
    }

    @Test
    void manyThreadsOfBothKindsAllGetTheirEntries() throws Exception {
        try (FileJournal journal = open()) {
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 32; i++) {
                var builder = i % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
                threads.add(
                        builder.start(() -> {
                            for (int n = 0; n < 50; n++) {
                                journal.awaitDurable(journal.append("{}"));
                            }
                        }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(journal.durableSize()).isEqualTo(1600);
        }
        assertThat(JournalReader.open(state).verify().size()).isEqualTo(1600);
    }

    @Test
    void aSecondOpenerIsRefusedByName() throws Exception {
        try (FileJournal journal = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(JournalRefused.class)
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
            journal.awaitDurable(journal.append("{}"));
        }
        open().close();
    }

    @Test
    void anInterruptedCallerDoesNotHurtTheJournal() throws Exception {
        try (FileJournal journal = open()) {
            Thread.currentThread().interrupt();
            journal.awaitDurable(journal.append("{}"));
            assertThat(Thread.interrupted()).isTrue();
            journal.awaitDurable(journal.append("{}"));
            assertThat(journal.stopped()).isFalse();
        }
    }

    @Test
    void keepsASnapshotAndForgetsAForeignOne() throws Exception {
        try (FileJournal journal = open()) {
            for (int i = 0; i < 700; i++) {
                journal.append("{\"n\":" + i + "}");
            }
            assertThat(journal.snapshot()).isEmpty();
            journal.keepSnapshot(600, new byte[] {1, 0, 2});
            assertThat(journal.snapshot()).contains(new Snapshot(600, new byte[] {1, 0, 2}));
        }
        Path file = state.resolve("checkpoint/snapshot");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 1;
            Files.write(file, bytes);
            bytes[i] ^= 1;
            if (i % 16 == 0) {
                try (FileJournal journal = open()) {
                    assertThat(journal.snapshot()).isEmpty();
                }
            }
        }
        Files.write(file, bytes);
        try (FileJournal journal = open()) {
            assertThat(journal.snapshot()).isPresent();
        }
    }

    @Test
    void takesNothingOnceClosed() throws Exception {
        FileJournal journal = open();
        journal.close();
        journal.close();
        assertThat(journal.stopped()).isTrue();
        assertThatThrownBy(() -> journal.append("{}")).isInstanceOf(JournalStopped.class);
    }
}
