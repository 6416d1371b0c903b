package dev.wharfinger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Every operation on the disk broken once, on a disk that forgets what was not forced. */
class JournalCrashTest {
    private static final String ORIGIN = "example.com/journal/shop";
    private static final Path STATE = Path.of("/state");
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));
    private static final int SURVIVORS = 2;

    private static FileJournal open(SimulatedDisk disk) throws IOException, JournalRefused {
        FileJournal journal =
                FileJournal.openAhead(disk, STATE, ORIGIN, CLOCK, () -> {}, Duration.ofDays(1));
        try {
            journal.awaitVerified();
            return journal;
        } catch (IOException | JournalRefused | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /** A short life of a journal; every line it was told is durable ends up in the list. */
    private static void live(SimulatedDisk disk, List<String> acknowledged)
            throws IOException, JournalRefused {
        try (FileJournal journal = open(disk)) {
            int begun = (int) journal.size();
            for (int i = begun; i < begun + 6; i++) {
                String line = "{\"n\":" + i + ",\"pad\":\"" + "x".repeat(i * 97) + "\"}";
                long index = journal.append(line);
                if (i % 3 != 0) {
                    journal.awaitDurable(index);
                    acknowledge(journal, acknowledged);
                }
                if (i % 3 == 1) {
                    journal.sign();
                }
            }
            journal.awaitDurable(journal.size() - 1);
            acknowledge(journal, acknowledged);
            journal.keepSnapshot(3, new byte[] {7});
        }
    }

    private static void acknowledge(FileJournal journal, List<String> acknowledged) {
        journal.from(acknowledged.size()).forEach(entry -> acknowledged.add(entry.line()));
    }

    @ParameterizedTest
    @EnumSource(value = SimulatedDisk.Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void nothingAcknowledgedIsEverLost(SimulatedDisk.Fault fault) throws Exception {
        int operations = operationsOfOneLife();
        long seed = Long.getLong("wharf.seed", 20261126L);
        System.out.println(fault + ": " + operations + " operations, seed " + seed);
        for (int at = 0; at < operations; at++) {
            var disk = new SimulatedDisk();
            disk.failAt(at, fault);
            var acknowledged = new ArrayList<String>();
            try {
                live(disk, acknowledged);
            } catch (IOException | JournalStopped e) {
                assertThat(e)
                        .as("operation " + at)
                        .hasMessageMatching("(?s).*(power|Input/output).*");
            }
            String where = fault + " at " + at + " (" + disk.operations().get(at) + ")";
            for (int i = 0; i < SURVIVORS; i++) {
                Random random = new Random(seed + at * 31L + i);
                assertHolds(disk.survivor(random), acknowledged, where + ", seed " + seed);
            }
        }
    }

    /** A second fault while the first is being mended: the cut of a torn tail is broken as well. */
    @Test
    void nothingIsLostWhenTheMendingBreaksToo() throws Exception {
        int operations = operationsOfOneLife();
        long seed = Long.getLong("wharf.seed", 20261126L);
        System.out.println("twice: seed " + seed);
        var random = new Random(seed);
        for (int run = 0; run < 100; run++) {
            var acknowledged = new ArrayList<String>();
            var disk = new SimulatedDisk();
            for (int fault = 0; fault < 3; fault++) {
                disk.failAt(
                        random.nextInt(fault == 0 ? operations : 40),
                        random.nextBoolean()
                                ? SimulatedDisk.Fault.POWER_CUT_BEFORE
                                : SimulatedDisk.Fault.POWER_CUT_AFTER);
                try {
                    live(disk, acknowledged);
                } catch (IOException | JournalStopped e) {
                    assertThat(e).hasMessageContaining("power");
                }
                disk = disk.survivor(random);
            }
            assertHolds(disk, acknowledged, "run " + run + ", seed " + seed);
        }
    }

    /** If a disk that never forces anything passed as well, the tests above would see nothing. */
    @Test
    void aDiskThatLiesIsFoundOut() throws Exception {
        var disk = new SimulatedDisk();
        open(disk).close();
        disk.lie();
        var acknowledged = new ArrayList<String>();
        live(disk, acknowledged);
        int lost = 0;
        for (int seed = 0; seed < 20; seed++) {
            try {
                assertHolds(disk.survivor(new Random(seed)), acknowledged, "lying");
            } catch (AssertionError | JournalRefused e) {
                lost++;
            }
        }
        assertThat(lost).isPositive();
    }

    private static int operationsOfOneLife() throws Exception {
        var disk = new SimulatedDisk();
        var acknowledged = new ArrayList<String>();
        live(disk, acknowledged);
        assertThat(acknowledged).hasSize(6);
        return disk.operations().size();
    }

    private static void assertHolds(SimulatedDisk disk, List<String> acknowledged, String where)
            throws Exception {
        long size;
        String vkey;
        try (FileJournal journal = open(disk)) {
            List<String> lines = journal.from(0).map(JournalEntry::line).toList();
            assertThat(lines.size()).as(where).isGreaterThanOrEqualTo(acknowledged.size());
            assertThat(lines.subList(0, acknowledged.size())).as(where).isEqualTo(acknowledged);
            journal.snapshot().ifPresent(kept -> assertThat(kept.fold()).containsExactly(7));
            journal.awaitDurable(journal.append("{\"again\":true}"));
            size = journal.size();
            vkey = journal.vkey();
        }
        Verification verified = JournalReader.open(disk, STATE, vkey).verify();
        assertThat(verified.problems()).as(where).isEmpty();
        assertThat(verified.size()).as(where).isEqualTo(size);
    }

    @Test
    void aFailedFlushStopsTheJournalForEverAndTellsItsListeners() throws Exception {
        var disk = new SimulatedDisk();
        FileJournal journal = open(disk);
        var told = new CountDownLatch(1);
        journal.onStopped(told::countDown);
        journal.awaitDurable(journal.append("{\"n\":0}"));
        int before = disk.operations().size();
        disk.failAt(before + 1, SimulatedDisk.Fault.IO_ERROR_BEFORE);
        long index = journal.append("{\"n\":1}");
        var ran = new ArrayList<String>();
        assertThatThrownBy(() -> journal.awaitDurable(index)).isInstanceOf(JournalStopped.class);
        journal.whenDurable(index, () -> ran.add("never"));
        assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(journal.stopped()).isTrue();
        assertThatThrownBy(() -> journal.append("{}")).isInstanceOf(JournalStopped.class);
        assertThatThrownBy(journal::sign).isInstanceOf(JournalStopped.class);
        journal.onStopped(() -> ran.add("at once"));
        journal.close();
        assertThat(disk.operations().subList(before, disk.operations().size()))
                .as("the write, the flush that failed, and nothing after it")
                .hasSize(2);
        assertThat(ran).containsExactly("at once");
        assertThat(journal.entry(0).line()).isEqualTo("{\"n\":0}");
    }

    @Test
    void aFullDiskStillTakesTheLastEntry() throws Exception {
        var disk = new SimulatedDisk();
        var acknowledged = new ArrayList<String>();
        FileJournal journal = open(disk);
        disk.limit(2 << 20);
        var told = new CountDownLatch(1);
        journal.onStopped(told::countDown);
        String line = "{\"pad\":\"" + "x".repeat(10_000) + "\"}";
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 1000; i++) {
                                journal.awaitDurable(journal.append(line));
                                acknowledged.add(line);
                            }
                        })
                .isInstanceOf(JournalStopped.class)
                .hasMessageContaining("No space left");
        assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
        journal.close();
        disk.limit(0);
        try (FileJournal full = open(disk)) { // what it holds is read, and it takes nothing
            assertThat(full.stopped()).isTrue();
            assertThat(full.from(0).map(JournalEntry::line).toList()).containsAll(acknowledged);
            assertThatThrownBy(() -> full.append(line))
                    .isInstanceOf(JournalStopped.class)
                    .hasMessageContaining("is full");
            assertThatThrownBy(full::sign).isInstanceOf(JournalStopped.class);
        }
        disk.limit(Long.MAX_VALUE);
        try (FileJournal again = open(disk)) {
            List<String> lines = again.from(0).map(JournalEntry::line).toList();
            assertThat(lines.subList(0, acknowledged.size())).isEqualTo(acknowledged);
            assertThat(lines.getLast())
                    .isEqualTo(
                            "{\"at\":\"2026-11-22T10:00:00Z\",\"type\":\"journal.disk-full\","
                                    + "\"principal\":\"wharfinger\"}");
            again.awaitDurable(again.append(line));
            assertThat(again.stopped()).isFalse();
        }
    }

    @Test
    void aCheckpointThatFindsNoRoomAlsoEndsWithThatEntry() throws Exception {
        var disk = new SimulatedDisk();
        FileJournal journal = open(disk);
        long index = journal.append("{\"n\":0}");
        journal.awaitDurable(index);
        disk.limit(0);
        assertThatThrownBy(journal::sign).isInstanceOf(JournalStopped.class);
        var told = new CountDownLatch(1);
        journal.onStopped(told::countDown);
        assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
        journal.close();
        disk.limit(Long.MAX_VALUE);
        try (FileJournal again = open(disk)) {
            assertThat(again.from(0).map(JournalEntry::line)).hasSize(2);
            assertThat(again.entry(1).line()).contains("journal.disk-full");
        }
    }
}
