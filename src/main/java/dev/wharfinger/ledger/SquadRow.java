package dev.wharfinger.ledger;

import dev.wharfinger.persona.StatusWord;
import dev.wharfinger.rule.Source;

import java.util.Optional;

/**
 * One row of PLAN.md's squad table: a claim about one persona, never a proof. The status is empty
 * where the cell says something else or more than one thing; {@code raw} is the cell as text.
 */
public record SquadRow(
        String command, String agent, Optional<StatusWord> status, String raw, Source source) {
    public SquadRow {
        if (!command.startsWith("/")) {
            throw new IllegalArgumentException("a command begins with /: " + command);
        }
    }

    /** Whether the row claims that state. */
    public boolean claims(StatusWord word) {
        return status.isPresent() && status.get() == word;
    }
}
