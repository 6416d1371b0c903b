package dev.wharfinger.tool;

import dev.wharfinger.call.Caller;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.shift.ShiftState;
import dev.wharfinger.workspace.ContentHash;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes events of one shift, also after the call that began the work has been answered. With a
 * {@code row} it adds that row to the ledger once, however often the work is done again.
 */
record Pen(Project project, Caller caller, Optional<ShiftId> at, Optional<String> row) {
    Pen(Project project, Caller caller, ShiftId shift) {
        this(project, caller, Optional.of(shift), Optional.empty());
    }

    /** The shift; a person who acts by himself has none. */
    ShiftId shift() {
        return at.orElseThrow();
    }

    /** The pen for one row of the ledger; the shift gives that name to no other. */
    Pen once(String row) {
        return new Pen(project, caller, at, Optional.of(row));
    }

    /** The same for one row of many alike: what it says tells it from the others. */
    Pen once(String kind, String... said) {
        byte[] all = String.join("\0", said).getBytes(StandardCharsets.UTF_8);
        return once(kind + " " + ContentHash.of(all).hex().substring(0, 16));
    }

    /** The row of this pen, if it is written already. */
    Optional<Event.Row> written() {
        return at.flatMap(shift -> row.flatMap(name -> project.state().row(shift, name)));
    }

    long record(Event event) {
        return project.recorder()
                .record(caller.principal(), Optional.of(caller.persona().name()), at, event);
    }

    /** An intent: durable before its effect. */
    long recordDurably(Event event) {
        long index = record(event);
        project.recorder().durable(index);
        return index;
    }

    /** The shift as it stands. */
    ShiftState state() {
        return project.state().shift(shift()).orElseThrow();
    }
}
