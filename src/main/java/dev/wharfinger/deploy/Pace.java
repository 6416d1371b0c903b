package dev.wharfinger.deploy;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How time passes while somebody waits. It never goes backwards, whatever is done to the clock on
 * the wall.
 *
 * @param nanoTime nanoseconds since some moment, as of {@link System#nanoTime}
 */
public record Pace(LongSupplier nanoTime) {
    /** The machine's own. */
    public static Pace system() {
        return new Pace(System::nanoTime);
    }

    Stopwatch start() {
        return new Stopwatch(nanoTime, nanoTime.getAsLong());
    }

    /** Waits a moment. */
    void pause(Duration moment) throws StepFailed {
        try {
            Thread.sleep(moment);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StepFailed(Cause.OVERTAKEN, "the deployer was interrupted", interrupted);
        }
    }

    record Stopwatch(LongSupplier nanoTime, long started) {
        Duration passed() {
            return Duration.ofNanos(nanoTime.getAsLong() - started);
        }

        boolean isBefore(Duration limit) {
            return passed().compareTo(limit) < 0;
        }
    }
}
