package dev.wharfinger.ledger;

import dev.wharfinger.rule.Source;

/** Something that PLAN.md says stands in the way and is not struck out or ticked off. */
public record Blocker(String text, Source source) {}
