package dev.wharfinger.tool;

import dev.wharfinger.call.Caller;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.shift.ShiftState;

import java.util.Optional;

/** Writes events of one shift, also after the call that began the work has been answered. */
record Pen(Project project, Caller caller, ShiftId shift) {
    long record(Event event) {
        return project.recorder()
                .record(
                        caller.principal(),
                        Optional.of(caller.persona().name()),
                        Optional.of(shift),
                        event);
    }

    /** An intent: durable before its effect. */
    long recordDurably(Event event) {
        long index = record(event);
        project.recorder().durable(index);
        return index;
    }

    /** The shift as it stands. */
    ShiftState state() {
        return project.state().shift(shift).orElseThrow();
    }
}
