package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;

/**
 * One row of the handoff matrix: which persona is next after an outcome.
 *
 * @param slug the outcome as tools name it: {@code shipped-staging}
 * @param label the outcome as the file writes it, emoji included
 * @param nextCommand {@code /ux}, or {@code human} where no persona is next
 * @param command what the next one is told: {@code Run /ux}, {@code REJECT}
 */
public record HandoffRow(
        String slug,
        String label,
        String nextCommand,
        String command,
        String trigger,
        Source source) {}
