package dev.wharfinger.call;

import dev.wharfinger.journal.Journal;
import dev.wharfinger.journal.JournalEntry;
import dev.wharfinger.journal.Snapshot;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.shift.EntryText;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.shift.Stamped;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The only way into the journal: appends an event and folds it into the state in one step, so that
 * the state is the journal's fold at every moment.
 */
public final class Recorder {
    /** Before the latest time that the log claims, in a snapshot: entries that it drops count. */
    private static final String LATEST = "latest ";

    private final Journal journal;
    private final ProjectState state;
    private final EntryText text;
    private final InstantSource clock;
    private final Instant started;
    private final long startedNanos;

    /** Folds what the journal holds, from its last snapshot on, and is ready to append. */
    public Recorder(Journal journal, EntryText text, InstantSource clock) {
        this.journal = journal;
        this.text = text;
        this.clock = clock;
        this.started = clock.instant();
        this.startedNanos = System.nanoTime();
        this.state = fold();
    }

    /** What was kept of the log last, and the entries behind it; else the whole log. */
    private ProjectState fold() {
        return journal.snapshot()
                .map(this::fromSnapshot)
                .orElseGet(() -> {
                    var folded = new ProjectState();
                    try (Stream<JournalEntry> entries = journal.from(0)) {
                        entries.forEach(entry -> apply(entry, folded));
                    }
                    return folded;
                });
    }

    private ProjectState fromSnapshot(Snapshot snapshot) {
        var folded = new ProjectState();
        unpack(snapshot, folded);
        try (Stream<JournalEntry> rest = journal.from(folded.size())) {
            rest.forEach(entry -> apply(entry, folded));
        }
        return folded;
    }

    private void apply(JournalEntry entry, ProjectState to) {
        to.apply(text.read(entry.index(), entry.line()), entry.line());
    }

    private void unpack(Snapshot snapshot, ProjectState into) {
        new String(snapshot.fold(), StandardCharsets.UTF_8)
                .lines()
                .forEach(kept -> {
                    int blank = kept.indexOf(' ');
                    if (kept.startsWith(LATEST)) {
                        into.saw(Instant.parse(kept.substring(LATEST.length())));
                        return;
                    }
                    long index = Long.parseLong(kept, 0, blank, 10);
                    String line = kept.substring(blank + 1);
                    into.apply(text.read(index, line), line);
                });
        into.reached(snapshot.size());
    }

    /** Appends and folds. The entry is durable once {@link #durable} has returned for its index. */
    public synchronized long record(
            Principal principal,
            Optional<PersonaName> persona,
            Optional<ShiftId> shift,
            Event event) {
        var at = clock.instant();
        String line = text.write(at, principal, persona, shift, event);
        long index = journal.append(line);
        state.apply(new Stamped(index, at, principal, persona, shift, event), line);
        return index;
    }

    /** Waits until the entry of this index would survive a power cut. */
    public void durable(long index) {
        journal.awaitDurable(index);
    }

    /**
     * Keeps a signed snapshot of the state, so that the next start folds only what came after it.
     */
    public synchronized void keepSnapshot() {
        long size = state.size();
        if (size > 0) {
            durable(size - 1);
            var lines = new ArrayList<>(state.lines());
            lines.add(LATEST + state.latest());
            byte[] fold = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            journal.keepSnapshot(size, fold);
        }
    }

    /**
     * The time by which approvals, plans and grants expire: never earlier than any entry of the
     * journal, nor than this process has lived. A clock that was set back revives nothing.
     */
    public Instant now() {
        Instant wall = clock.instant();
        Instant lived = started.plusNanos(System.nanoTime() - startedNanos);
        Instant latest = state.latest();
        Instant steady = lived.isAfter(wall) ? lived : wall;
        return latest.isAfter(steady) ? latest : steady;
    }

    /** The state as it stands. */
    public ProjectState state() {
        return state;
    }

    /** The journal behind it, for those who read entries. */
    public Journal journal() {
        return journal;
    }
}
