package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;

/** One row of the status table: the word, the emoji that stands for it, and what it means. */
public record Status(StatusWord word, String emoji, String meaning, Source source) {
    /** As a status cell shows it: {@code ✅ DONE}. */
    public String text() {
        return emoji + " " + word.name();
    }
}
