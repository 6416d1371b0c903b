package dev.wharfinger.shift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.WorkspacePath;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class SnapshotFoldTest {
    private static final Principal ANNA = new Principal("local:anna");
    private final EntryText text = new EntryText();

    /** A journal of several shifts whose events fall between one another. */
    private List<String> journal(long seed) {
        var random = new Random(seed);
        var lines = new ArrayList<String>();
        var open = new ArrayList<ShiftId>();
        var ids = new Ids(random);
        for (int i = 0; i < 400; i++) {
            if (open.isEmpty() || random.nextInt(12) == 0) {
                ShiftId id = ids.shift();
                open.add(id);
                lines.add(line(id, begun()));
                continue;
            }
            ShiftId id = open.get(random.nextInt(open.size()));
            if (random.nextInt(15) == 0) {
                open.remove(id);
                lines.add(line(id, new Event.ShiftEnded("blocked", "human", List.of())));
            } else {
                lines.add(line(id, event(random)));
            }
        }
        return lines;
    }

    private static Event begun() {
        return EventSamples.all().stream()
                .filter(Event.ShiftBegun.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static Event event(Random random) {
        var path = WorkspacePath.of("f" + random.nextInt(4));
        var hash = ContentHash.of(new byte[] {(byte) random.nextInt(4)});
        var before = ContentHash.of(new byte[] {(byte) random.nextInt(4)});
        List<Event> samples =
                EventSamples.all().stream()
                        .filter(e ->
                                !(e instanceof Event.ShiftBegun)
                                        && !(e instanceof Event.ShiftEnded))
                        .toList();
        return switch (random.nextInt(4)) {
            case 0 -> new Event.FileRead(path, hash, Optional.empty());
            case 1 ->
                    new Event.FileWritten(
                            path,
                            hash,
                            Optional.of(before),
                            Optional.empty(),
                            "ledger",
                            Optional.empty());
            default -> samples.get(random.nextInt(samples.size()));
        };
    }

    private String line(ShiftId shift, Event event) {
        var persona = Optional.of(new PersonaName("deploy"));
        return text.write(Instant.EPOCH, ANNA, persona, Optional.of(shift), event);
    }

    private void fold(ProjectState into, List<String> lines, int from, int to) {
        for (int i = from; i < to; i++) {
            into.apply(text.read(i, lines.get(i)), lines.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aSnapshotAndTheRestFoldToWhatTheWholeJournalFoldsTo(long seed) {
        List<String> lines = journal(seed);
        for (int at : new int[] {0, 1, 57, 200, 399, 400}) {
            var whole = new ProjectState();
            fold(whole, lines, 0, lines.size());
            var first = new ProjectState();
            fold(first, lines, 0, at);
            var again = new ProjectState();
            for (String kept : first.lines()) {
                int blank = kept.indexOf(' ');
                String line = kept.substring(blank + 1);
                again.apply(text.read(Long.parseLong(kept.substring(0, blank)), line), line);
            }
            again.reached(at);
            fold(again, lines, at, lines.size());
            assertThat(again.openShifts())
                    .as("seed %s, snapshot at %s", seed, at)
                    .isEqualTo(whole.openShifts());
            assertThat(List.copyOf(again.all())).isEqualTo(List.copyOf(whole.all()));
            assertThat(again.runs("staging")).isEqualTo(whole.runs("staging"));
            assertThat(again.policy()).isEqualTo(whole.policy());
            assertThat(again.size()).isEqualTo(whole.size());
            for (String each : lines) {
                ShiftId id = text.read(0, each).shift().orElseThrow();
                assertThat(again.shift(id).map(ShiftState::ended))
                        .as("seed %s", seed)
                        .isEqualTo(whole.shift(id).map(ShiftState::ended));
            }
        }
    }

    @Test
    void shiftsThatEndedLongAgoAreInTheJournalAndNotInTheState() {
        var state = new ProjectState();
        var ids = new Ids(new Random(1));
        var ended = new ArrayList<ShiftId>();
        for (int i = 0; i < 60; i += 2) {
            ShiftId id = ids.shift();
            ended.add(id);
            List<String> both =
                    List.of(
                            line(id, begun()),
                            line(id, new Event.ShiftEnded("blocked", "human", List.of())));
            state.apply(text.read(i, both.get(0)), both.get(0));
            state.apply(text.read(i + 1, both.get(1)), both.get(1));
        }
        assertThat(state.shift(ended.get(9))).isEmpty();
        assertThat(state.shift(ended.get(10))).isPresent();
        assertThat(state.lines()).hasSize(40).first().asString().startsWith("20 ");
        assertThat(state.size()).isEqualTo(60);
    }
}
