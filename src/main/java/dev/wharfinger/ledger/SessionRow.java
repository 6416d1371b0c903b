package dev.wharfinger.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of SESSION_LOG.md: who did what and when. {@code output} is what a phase brought about.
 */
public record SessionRow(
        Instant at,
        String command,
        SessionEvent event,
        String text,
        Optional<String> output,
        Optional<String> shift) {
    /** A line without an output. */
    public SessionRow(Instant at, String command, SessionEvent event, String text, String shift) {
        this(at, command, event, text, Optional.empty(), Optional.of(shift));
    }
}
