package dev.wharfinger.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.journal.FileJournal;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.shift.EntryText;
import dev.wharfinger.shift.Event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** By which time things expire: what has expired once is never revived by a clock. */
class RecorderTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final String ORIGIN = "example.com/journal/shop";

    @TempDir Path state;
    private Instant wall = NOON;

    private Recorder recorder(FileJournal journal) {
        return new Recorder(journal, new EntryText(), () -> wall);
    }

    private static void write(Recorder recorder) {
        recorder.durable(
                recorder.record(
                        Principal.local("anna"),
                        Optional.empty(),
                        Optional.empty(),
                        new Event.OutcomeObserved("blocked", "a test")));
    }

    @Test
    void timeGoesOnWithTheClockOnTheWall() throws Exception {
        try (var journal = FileJournal.open(state, ORIGIN, Clock.systemUTC())) {
            Recorder recorder = recorder(journal);
            assertThat(recorder.now()).isBetween(NOON, NOON.plusSeconds(60));
            wall = NOON.plus(Duration.ofHours(2));
            assertThat(recorder.now()).isEqualTo(wall);
        }
    }

    @Test
    void aClockThatWasSetBackDoesNotTakeBackWhatTheJournalHasSeen() throws Exception {
        Instant later = NOON.plus(Duration.ofHours(2));
        try (var journal = FileJournal.open(state, ORIGIN, Clock.systemUTC())) {
            Recorder recorder = recorder(journal);
            wall = later;
            write(recorder);
            wall = NOON;
            assertThat(recorder.now()).isEqualTo(later);
        }
        try (var journal = FileJournal.open(state, ORIGIN, Clock.systemUTC())) {
            Recorder recorder = recorder(journal);
            assertThat(recorder.now()).as("after a restart too").isEqualTo(later);
            recorder.keepSnapshot();
        }
        try (var journal = FileJournal.open(state, ORIGIN, Clock.systemUTC())) {
            assertThat(recorder(journal).now()).as("and from a snapshot").isEqualTo(later);
        }
    }

    @Test
    void whileTheProcessLivesItsOwnTimeGoesOnUnderAClockThatStands() throws Exception {
        try (var journal = FileJournal.open(state, ORIGIN, Clock.systemUTC())) {
            Recorder recorder = recorder(journal);
            Instant first = recorder.now();
            wall = NOON.minus(Duration.ofDays(1));
            Instant second = recorder.now();
            assertThat(second).isAfterOrEqualTo(first);
            Thread.sleep(20);
            assertThat(recorder.now()).isAfterOrEqualTo(first.plusMillis(19));
        }
    }
}
