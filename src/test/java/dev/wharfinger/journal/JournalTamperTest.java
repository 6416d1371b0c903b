package dev.wharfinger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/** Whatever is done to the files of a closed journal is found, with its place. */
class JournalTamperTest {
    private static final String ORIGIN = "example.com/journal/shop";
    private static final int ENTRIES = 12;

    @TempDir Path state;
    private Path entries;
    private byte[] log;
    private final List<byte[]> frames = new ArrayList<>();

    @BeforeEach
    void write() throws Exception {
        try (FileJournal journal = open()) {
            for (int i = 0; i < ENTRIES; i++) {
                journal.append("{\"type\":\"test\",\"n\":" + (i % 3) + "}");
            }
        }
        entries = state.resolve("journal/entries");
        byte[] all = Files.readAllBytes(entries);
        int at = 0;
        for (int i = 0; i < ENTRIES; i++) {
            int length = 8 + ByteBuffer.wrap(all, at, 4).getInt();
            frames.add(Arrays.copyOfRange(all, at, at + length));
            at += length;
        }
        log = Arrays.copyOf(all, at);
    }

    private FileJournal open() throws Exception {
        return FileJournal.open(state, ORIGIN, Clock.systemUTC());
    }

    private void assertFoundAt(long index, byte[] changed) throws Exception {
        Files.write(entries, changed);
        Verification found = JournalReader.open(state).verify();
        assertThat(found.isVerified()).isFalse();
        assertThat(found.problems().getFirst().index()).isEqualTo(OptionalLong.of(index));
        assertThat(found.size()).isEqualTo(index);
        assertThatThrownBy(this::open)
                .isInstanceOf(JournalRefused.class)
                .hasMessageContaining("entry " + index)
                .hasMessageContaining("it has " + index + " good entries")
                .hasMessageContaining("has " + ENTRIES + " with the root");
        assertThat(Files.readAllBytes(entries)).as("nothing was changed").isEqualTo(changed);
    }

    @Test
    void theUntouchedLogVerifies() throws Exception {
        assertThat(JournalReader.open(state).verify())
                .returns((long) ENTRIES, Verification::size)
                .returns((long) ENTRIES, Verification::checkpointSize)
                .returns(true, Verification::isVerified);
    }

    @Test
    void everyFlippedByteIsFoundWhereItLies() throws Exception {
        long seed = Long.getLong("wharf.seed", 20261126L);
        System.out.println("seed " + seed);
        var random = new Random(seed);
        int entry = 0;
        int end = frames.getFirst().length;
        for (int at = 0; at < log.length; at++) {
            if (at == end) {
                entry++;
                end += frames.get(entry).length;
            }
            byte[] changed = log.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(entries, changed);
            Verification found = JournalReader.open(state).verify();
            assertThat(found.problems()).as("byte " + at).isNotEmpty();
            assertThat(found.problems().getFirst().index()).hasValue(entry);
        }
    }

    @Test
    void randomEditsAreFound() throws Exception {
        long seed = Long.getLong("wharf.seed", 20261126L);
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int run = 0; run < 2000; run++) {
            byte[] changed = edited(log, random);
            Files.write(entries, changed);
            boolean same =
                    Arrays.equals(
                            log, 0, log.length, changed, 0, Math.min(log.length, changed.length));
            assertThat(JournalReader.open(state).verify().isVerified())
                    .as("run " + run + ", seed " + seed)
                    .isEqualTo(same);
        }
    }

    private static byte[] edited(byte[] log, Random random) {
        int from = random.nextInt(log.length);
        int to = from + random.nextInt(Math.min(64, log.length - from + 1));
        byte[] put = new byte[random.nextInt(64)];
        random.nextBytes(put);
        var out = new ByteArrayOutputStream();
        out.write(log, 0, from);
        out.writeBytes(put);
        out.write(log, to, log.length - to);
        return out.toByteArray();
    }

    @Test
    void aDeletedEntryIsFoundWhereItWas() throws Exception {
        for (int i = 0; i < ENTRIES; i++) {
            var changed = new ArrayList<>(frames);
            changed.remove(i);
            assertFoundAt(i, join(changed));
        }
    }

    @Test
    void anInsertedEntryIsFoundWhereItIs() throws Exception {
        for (int i = 0; i < ENTRIES; i++) {
            var changed = new ArrayList<>(frames);
            changed.add(i, frames.get((i + 3) % ENTRIES));
            assertFoundAt(i, join(changed));
        }
    }

    @Test
    void swappedEntriesAreFoundAtTheFirst() throws Exception {
        for (int i = 0; i + 1 < ENTRIES; i++) {
            var changed = new ArrayList<>(frames);
            Collections.swap(changed, i, i + 1);
            assertFoundAt(i, join(changed));
        }
    }

    @Test
    void aShortenedLogIsFoundWhereItEnds() throws Exception {
        for (int i = 0; i < ENTRIES; i++) {
            assertFoundAt(i, join(frames.subList(0, i)));
            byte[] torn = Arrays.copyOf(log, join(frames.subList(0, i)).length + 5);
            assertFoundAt(i, torn);
        }
    }

    @Test
    void anEntryForgedWithAGoodChecksumIsFoundByTheRoot() throws Exception {
        String line = "{\"type\":\"test\",\"n\":9}";
        ByteBuffer forged = ByteBuffer.allocate(frames.get(4).length);
        Frame.put(forged, 4, line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var changed = new ArrayList<>(frames);
        changed.set(4, forged.array());
        Files.write(entries, join(changed));
        assertThat(JournalReader.open(state).verify())
                .returns(false, Verification::isVerified)
                .satisfies(found -> assertThat(found.root()).isNotEqualTo(found.checkpointRoot()));
        assertThatThrownBy(this::open)
                .isInstanceOf(JournalRefused.class)
                .hasMessageContaining("not the one that was signed");
    }

    @Test
    void anOlderCopyOfTheLogIsRefused() throws Exception {
        byte[] older = Files.readAllBytes(entries);
        try (FileJournal journal = open()) {
            journal.append("{\"later\":true}");
        }
        Files.write(entries, older);
        assertThatThrownBy(this::open)
                .isInstanceOf(JournalRefused.class)
                .hasMessageContaining("the journal ends before entry 12")
                .hasMessageContaining("it has 12 good entries")
                .hasMessageContaining("has 13 with the root");
        assertThat(JournalReader.open(state).verify().problems().getFirst().index()).hasValue(12);
    }

    @Test
    void everyFlippedByteOfTheCheckpointIsFound() throws Exception {
        Path file = state.resolve("checkpoint/checkpoint");
        byte[] note = Files.readAllBytes(file);
        for (int at = 0; at < note.length; at++) {
            byte[] changed = note.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertThat(JournalReader.open(state).verify().isVerified()).as("byte " + at).isFalse();
            if (at % 8 == 0) {
                assertThatThrownBy(this::open).isInstanceOf(JournalRefused.class);
            }
        }
    }

    private static byte[] join(List<byte[]> frames) {
        var out = new ByteArrayOutputStream();
        frames.forEach(out::writeBytes);
        return out.toByteArray();
    }
}
