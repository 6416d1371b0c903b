package dev.wharfinger.ledger;

import dev.wharfinger.rule.Source;

import java.util.Optional;

/**
 * One task of PLAN.md, from a task list or a table of steps. {@code state} is the state cell's text
 * where the task stands in a table; {@code id} is empty where it has none.
 */
public record Task(
        Optional<String> id, String text, boolean done, Optional<String> state, Source source) {}
