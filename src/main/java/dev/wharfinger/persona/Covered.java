package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;

/**
 * One sentence, list item or table row of a persona file, and how it holds.
 *
 * @param section the heading that it stands under; {@code front matter} above the first
 * @param by the rule or tool that holds it; empty where nothing does
 * @param how in a few words
 * @param recognised false where no rule knows these words, so that a person should look
 */
public record Covered(
        Source source,
        String section,
        String text,
        Hold hold,
        String by,
        String how,
        boolean recognised) {}
