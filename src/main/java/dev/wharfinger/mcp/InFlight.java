package dev.wharfinger.mcp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One request between its arrival and its end. It is running, then either answered or cancelled,
 * decided once; after that nothing is sent for it any more.
 */
final class InFlight {
    private enum State {
        RUNNING,
        ANSWERED,
        CANCELLED
    }

    private final Outlet outlet;
    private final List<Runnable> whenCancelled = new ArrayList<>();
    private State state = State.RUNNING;

    InFlight(Outlet outlet) {
        this.outlet = outlet;
    }

    /** True for the one caller whose answer counts. */
    synchronized boolean finish() {
        if (state != State.RUNNING) {
            return false;
        }
        state = State.ANSWERED;
        whenCancelled.clear();
        return true;
    }

    /** Drops the answer to come and tells whoever works on it. */
    void cancel() {
        List<Runnable> told;
        synchronized (this) {
            if (state != State.RUNNING) {
                return;
            }
            state = State.CANCELLED;
            told = List.copyOf(whenCancelled);
            whenCancelled.clear();
        }
        told.forEach(Runnable::run);
    }

    synchronized boolean isCancelled() {
        return state == State.CANCELLED;
    }

    /** Runs this at cancellation, at once when that has been. */
    void onCancel(Runnable then) {
        synchronized (this) {
            if (state == State.RUNNING) {
                whenCancelled.add(then);
                return;
            }
            if (state == State.ANSWERED) {
                return;
            }
        }
        then.run();
    }

    /** Sends something while the request runs; afterwards does nothing. */
    synchronized void emit(Consumer<Outlet> sending) {
        if (state == State.RUNNING) {
            sending.accept(outlet);
        }
    }
}
