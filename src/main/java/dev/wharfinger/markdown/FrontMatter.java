package dev.wharfinger.markdown;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The YAML mapping between two lines of dashes at the top of a file, and the line of each key.
 * Values are text, {@code Long}, {@code Double}, {@code Boolean}, lists and maps of these.
 */
public record FrontMatter(
        int line,
        int endLine,
        SequencedMap<String, Object> values,
        SequencedMap<String, Integer> lines) {
    public FrontMatter {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        lines = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(lines));
    }

    /** The value of a key where it is text. */
    public Optional<String> text(String key) {
        return values.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
