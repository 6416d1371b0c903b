package dev.wharfinger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.call.Recorder;
import dev.wharfinger.journal.FileJournal;
import dev.wharfinger.journal.JournalReader;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.shift.EntryText;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.PeopleEvent;
import dev.wharfinger.shift.ReleaseRecord;
import dev.wharfinger.workspace.CommitId;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the journal could not take is journaled by a later keeper, each line once. */
class OwedFileTest {
    private static final Principal ANNA = Principal.local("anna");
    @TempDir Path state;
    private OwedFile owed = new OwedFile(Path.of(""));

    @BeforeEach
    void open() {
        owed = new OwedFile(state.resolve("owed"));
    }

    private static Event begun(String id) {
        var from = new ReleaseRecord("1".repeat(64), "1.2.0", new CommitId("a".repeat(40)), "d_1");
        return new PeopleEvent.ReturnStarted(
                id, "staging", "d_1", from, Optional.empty(), 3, "errors everywhere");
    }

    private static String line(Event event) {
        return new EntryText()
                .write(
                        Clock.systemUTC().instant(),
                        ANNA,
                        Optional.of(new PersonaName("deploy")),
                        Optional.empty(),
                        event);
    }

    /** A keeper's start. */
    private void start() throws Exception {
        try (FileJournal journal =
                FileJournal.open(state, "example.com/journal/shop", Clock.systemUTC())) {
            owed.pay(new Recorder(journal, new EntryText(), Clock.systemUTC()));
        }
    }

    private List<String> journaled() throws IOException {
        var ids = new ArrayList<String>();
        JournalReader.open(state)
                .walk(entry -> {
                    if (new EntryText().read(entry.index(), entry.line()).event()
                            instanceof PeopleEvent.ReturnStarted begun) {
                        ids.add(begun.id());
                    }
                });
        return ids;
    }

    @Test
    void whatIsOwedIsJournaledOnceInItsOrder() throws Exception {
        start();
        owed.note(line(begun("b_1")));
        owed.note(line(begun("b_2")));
        start();
        start();
        assertThat(journaled()).containsExactly("b_1", "b_2");
        assertThat(state.resolve("owed")).doesNotExist();
    }

    @Test
    void whoeverDiedBetweenTheEntriesAndTheEndOfTheFileHasPaid() throws Exception {
        owed.note(line(begun("b_1")));
        owed.note(line(begun("b_2")));
        byte[] both = Files.readAllBytes(state.resolve("owed"));
        start();
        Files.write(state.resolve("owed"), both);
        owed.note(line(begun("b_3")));
        start();
        assertThat(journaled()).containsExactly("b_1", "b_2", "b_3");
    }

    @Test
    void halfALineIsNoLine() throws Exception {
        owed.note(line(begun("b_1")));
        Files.writeString(state.resolve("owed"), "{\"at\":\"2026", StandardOpenOption.APPEND);
        start();
        assertThat(journaled()).containsExactly("b_1");
    }

    @Test
    void roomIsHeldUntilItIsNeeded() throws Exception {
        owed.hold();
        assertThat(state.resolve("reserve")).hasSize(256 * 1024);
        Files.delete(state.resolve("reserve"));
        owed.hold();
        assertThat(state.resolve("reserve")).hasSize(256 * 1024);
    }
}
