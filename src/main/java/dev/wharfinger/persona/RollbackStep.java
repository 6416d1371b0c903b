package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;

import java.time.Duration;
import java.util.Optional;

/**
 * One step of the rollback protocol.
 *
 * @param within how soon it is due, where the file says so
 */
public record RollbackStep(
        int number, Horizon horizon, String text, Optional<Duration> within, Source source) {
    /** When a step is due: at once, soon, later, or the file does not say. */
    public enum Horizon {
        IMMEDIATE,
        SHORT_TERM,
        LONG_TERM,
        STATED
    }
}
