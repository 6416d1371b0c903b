package dev.wharfinger.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one persona hands to the next at the end of a shift. {@code to} is a command, or {@code
 * human}. {@code unverified} are claims without an event behind them; they are written as such.
 */
public record Briefing(
        Instant at,
        String from,
        String to,
        String outcome,
        String summary,
        List<String> completed,
        List<String> inProgress,
        List<String> blockers,
        List<String> context,
        List<String> files,
        List<String> unverified,
        Optional<String> shift) {
    public Briefing {
        completed = List.copyOf(completed);
        inProgress = List.copyOf(inProgress);
        blockers = List.copyOf(blockers);
        context = List.copyOf(context);
        files = List.copyOf(files);
        unverified = List.copyOf(unverified);
    }
}
