package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;

/** Something in a persona file that was read round, repaired or left out, and where. */
public record Warning(Source source, String text) {
    @Override
    public String toString() {
        return source + ": " + text;
    }
}
