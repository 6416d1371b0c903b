package dev.wharfinger.call;

import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.shift.ShiftState;

import java.util.Optional;

/** One call on its way through a tool: who, in which shift, with which arguments; and the pen. */
public final class Turn {
    private final Caller caller;
    private final Optional<ShiftId> shift;
    private final Arguments arguments;
    private final Signals signals;
    private final Recorder recorder;
    private long durableUpTo;

    Turn(
            Caller caller,
            Optional<ShiftId> shift,
            Arguments arguments,
            Signals signals,
            Recorder recorder) {
        this.caller = caller;
        this.shift = shift;
        this.arguments = arguments;
        this.signals = signals;
        this.recorder = recorder;
    }

    /** Who calls. */
    public Caller caller() {
        return caller;
    }

    /** What was asked. */
    public Arguments arguments() {
        return arguments;
    }

    /** Progress and cancellation. */
    public Signals signals() {
        return signals;
    }

    /** The caller's open shift as it stands now; empty where the tool answers without one. */
    public Optional<ShiftState> maybeShift() {
        return shift.flatMap(id -> recorder.state().shift(id)).filter(ShiftState::open);
    }

    /** The caller's open shift as it stands now. Only for tools whose standing demands one. */
    public ShiftState shift() {
        return shift.flatMap(id -> recorder.state().shift(id)).orElseThrow();
    }

    /** Writes an event of this shift; the answer waits until it is durable. */
    public long record(Event event) {
        return record(shift, event);
    }

    /** Writes an event of a shift that this call itself begins. */
    public long record(ShiftId begun, Event event) {
        return record(Optional.of(begun), event);
    }

    private long record(Optional<ShiftId> id, Event event) {
        long index =
                recorder.record(
                        caller.principal(), Optional.of(caller.persona().name()), id, event);
        durableUpTo = index + 1;
        return index;
    }

    /** Writes an event and waits until it is durable: an intent before its effect. */
    public long recordDurably(Event event) {
        long index = record(event);
        recorder.durable(index);
        return index;
    }

    /**
     * Writes a sighting. It becomes durable a moment after the answer: losing it in a power cut
     * only makes the persona read again. Without an open shift nothing is written.
     */
    public void saw(Event event) {
        shift.ifPresent(id ->
                recorder.record(
                        caller.principal(),
                        Optional.of(caller.persona().name()),
                        Optional.of(id),
                        event));
    }

    /** The size that the journal must have reached before the answer may leave. */
    long durableUpTo() {
        return durableUpTo;
    }
}
