package dev.wharfinger.ledger;

import dev.wharfinger.rule.Source;

/** One line of the charter that says what belongs to the project, or what does not. */
public record CharterItem(String text, boolean inScope, Source source) {}
