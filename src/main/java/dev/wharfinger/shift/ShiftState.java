package dev.wharfinger.shift;

import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.sighting.Sightings;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One persona's tour of duty as the journal tells it: what it was asked, has seen, written, noted,
 * stated, planned and observed, and how it ended. Unchangeable; {@link #after} makes the next one.
 */
public record ShiftState(
        ShiftId id,
        PersonaName persona,
        Principal principal,
        long began,
        Event.ShiftBegun beginning,
        Sightings sightings,
        SequencedMap<String, Event.NoteRecorded> notes,
        SequencedMap<String, String> stated,
        SequencedMap<WorkspacePath, ContentHash> uncommitted,
        SequencedMap<Integer, String> phases,
        SequencedMap<String, String> observed,
        SequencedMap<PlanId, String> plans,
        SequencedMap<String, Integer> refusals,
        Optional<Event.ShiftEnded> ended) {
    public ShiftState {
        notes = copy(notes);
        stated = copy(stated);
        uncommitted = copy(uncommitted);
        phases = copy(phases);
        observed = copy(observed);
        plans = copy(plans);
        refusals = copy(refusals);
    }

    /** A shift that has just begun. */
    static ShiftState begun(ShiftId id, Stamped at, Event.ShiftBegun beginning) {
        return new ShiftState(
                id,
                at.persona().orElseThrow(),
                at.principal(),
                at.index(),
                beginning,
                Sightings.NONE.listed(beginning.listed()),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                Optional.empty());
    }

    /** Whether it still takes calls. */
    public boolean open() {
        return ended.isEmpty();
    }

    /**
     * Whether something of this shift changed a target, so that it cannot end as {@code blocked}.
     */
    public boolean deployed() {
        return observed.containsKey("shipped-staging")
                || observed.containsKey("shipped-production")
                || observed.containsKey("rollback-active");
    }

    /** The shift after this event of its own. Events of other shifts do not concern it. */
    ShiftState after(Event event) {
        return switch (event) {
            case Event.ShiftResumed e -> with(Sightings.NONE.listed(e.listed()));
            case Event.PathsListed e -> with(sightings.opened(e.folders()).listed(e.paths()));
            case Event.FileRead e -> with(sightings.read(e.path(), e.hash(), e.facts()));
            case Event.CallRefused e -> withRefusals(put(refusals, e.key(), e.seen()));
            case Event.FileWritten e -> afterWriting(e);
            case Event.CommitMade e -> afterCommit(e);
            case Event.NoteRecorded e -> withNotes(put(notes, e.kind(), e));
            case Event.ItemStated e -> withStated(put(stated, e.item(), e.how()));
            case Event.PhaseDone e -> withPhases(put(phases, e.number(), e.output()));
            case Event.OutcomeObserved e -> withObserved(put(observed, e.outcome(), e.detail()));
            case Event.DeployFinished e ->
                    e.outcome().isEmpty()
                            ? this
                            : withObserved(put(observed, e.outcome().get(), e.detail()));
            case Event.PlanMade e -> withPlans(put(plans, e.plan().id(), e.plan().environment()));
            case Event.ShiftEnded e -> withEnded(e);
            default -> this;
        };
    }

    /** The shift after the server replaced a file, whichever shift asked for it. */
    ShiftState carried(Event.FileWritten e) {
        Sightings next = sightings.carried(e.path(), e.before(), e.hash(), e.facts());
        return next == sightings ? this : with(next);
    }

    private ShiftState afterWriting(Event.FileWritten e) {
        Sightings next = sightings;
        if (e.tool().equals("write_file")) {
            next = sightings.read(e.path(), e.hash(), e.facts());
        }
        return with(next).withUncommitted(put(uncommitted, e.path(), e.hash()));
    }

    private ShiftState afterCommit(Event.CommitMade e) {
        var left = new LinkedHashMap<>(uncommitted);
        e.paths().forEach(left::remove);
        return withUncommitted(left);
    }

    private ShiftState with(Sightings now) {
        return new ShiftState(
                id,
                persona,
                principal,
                began,
                beginning,
                now,
                notes,
                stated,
                uncommitted,
                phases,
                observed,
                plans,
                refusals,
                ended);
    }

    private ShiftState withNotes(SequencedMap<String, Event.NoteRecorded> now) {
        return new ShiftState(
                id,
                persona,
                principal,
                began,
                beginning,
                sightings,
                now,
                stated,
                uncommitted,
                phases,
                observed,
                plans,
                refusals,
                ended);
    }

    private ShiftState withStated(SequencedMap<String, String> now) {
        return new ShiftState(
                id,
                persona,
                principal,
                began,
                beginning,
                sightings,
                notes,
                now,
                uncommitted,
                phases,
                observed,
                plans,
                refusals,
                ended);
    }

    private ShiftState withUncommitted(SequencedMap<WorkspacePath, ContentHash> now) {
        return new ShiftState(
                id, persona, principal, began, beginning, sightings, notes, stated, now, phases,
                observed, plans, refusals, ended);
    }

    private ShiftState withPhases(SequencedMap<Integer, String> now) {
        return new ShiftState(
                id,
                persona,
                principal,
                began,
                beginning,
                sightings,
                notes,
                stated,
                uncommitted,
                now,
                observed,
                plans,
                refusals,
                ended);
    }

    private ShiftState withObserved(SequencedMap<String, String> now) {
        return new ShiftState(
                id,
                persona,
                principal,
                began,
                beginning,
                sightings,
                notes,
                stated,
                uncommitted,
                phases,
                now,
                plans,
                refusals,
                ended);
    }

    private ShiftState withPlans(SequencedMap<PlanId, String> now) {
        return new ShiftState(
                id,
                persona,
                principal,
                began,
                beginning,
                sightings,
                notes,
                stated,
                uncommitted,
                phases,
                observed,
                now,
                refusals,
                ended);
    }

    private ShiftState withRefusals(SequencedMap<String, Integer> now) {
        return new ShiftState(
                id,
                persona,
                principal,
                began,
                beginning,
                sightings,
                notes,
                stated,
                uncommitted,
                phases,
                observed,
                plans,
                now,
                ended);
    }

    private ShiftState withEnded(Event.ShiftEnded now) {
        return new ShiftState(
                id,
                persona,
                principal,
                began,
                beginning,
                sightings,
                notes,
                stated,
                uncommitted,
                phases,
                observed,
                plans,
                refusals,
                Optional.of(now));
    }

    private static <K, V> SequencedMap<K, V> put(SequencedMap<K, V> map, K key, V value) {
        var next = new LinkedHashMap<>(map);
        next.put(key, value);
        return next;
    }

    private static <K, V> SequencedMap<K, V> copy(SequencedMap<K, V> map) {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
    }
}
