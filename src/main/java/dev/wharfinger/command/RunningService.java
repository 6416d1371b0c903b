package dev.wharfinger.command;

import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * A service that was started or adopted here. It may have ended since: {@link #isRunning} looks.
 */
public final class RunningService {
    private final ServiceRecord record;
    private final ProcessTable processes;
    private final CompletableFuture<Integer> exit;

    RunningService(ServiceRecord record, ProcessTable processes, CompletableFuture<Integer> exit) {
        this.record = record;
        this.processes = processes;
        this.exit = exit;
    }

    /** What to keep, so that the next keeper can adopt it. */
    public ServiceRecord record() {
        return record;
    }

    /** Whether the very process of the record is alive now; a zombie is not. */
    public boolean isRunning() {
        return !exit.isDone() && processes.isAlive(record.pid(), record.startTicks());
    }

    /** How it ended, where it was started here and has ended; above 128: a signal plus 128. */
    public OptionalInt exit() {
        Integer code = exit.isCompletedExceptionally() ? null : exit.getNow(null);
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }
}
