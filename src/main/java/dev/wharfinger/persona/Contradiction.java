package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;

import java.util.Comparator;
import java.util.List;

/**
 * Lines of a persona file that cannot all hold as they are written.
 *
 * @param id a stable name: {@code two-paths}
 * @param lines every line that takes part, in the order of the file
 * @param resolution what the server does about it
 */
public record Contradiction(String id, String text, List<Source> lines, String resolution) {
    public Contradiction {
        lines = lines.stream().distinct().sorted(Comparator.comparingInt(Source::line)).toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException(id + " names no line");
        }
    }
}
