package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;

/**
 * One row of the workflow table.
 *
 * @param skillSection the heading of the skill that tells how, without {@code §}; empty if none
 * @param output what the phase leaves behind; empty if the table has no such column
 */
public record Phase(
        int number,
        String name,
        PhaseKind kind,
        String skillSection,
        String output,
        Source source) {}
