package dev.wharfinger.ledger;

import dev.wharfinger.rule.Source;

/**
 * Something that HANDOFF_NOTES.md says to one persona: a section, an item, a row or a paragraph.
 */
public record Note(String text, Source source) {}
