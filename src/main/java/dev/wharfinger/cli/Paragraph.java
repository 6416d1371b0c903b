package dev.wharfinger.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Text for people, broken at blanks; and how wide their terminal is. */
final class Paragraph {
    private static final int USUAL = 100;
    private static final int LEAST = 60;

    private Paragraph() {}

    /** As wide as the terminal says in {@code COLUMNS}, else 100. */
    static int columns(Terminal terminal) {
        Optional<String> said = terminal.variable("COLUMNS");
        return said.filter(text -> text.matches("\\d{2,3}"))
                .map(Integer::parseInt)
                .map(columns -> Math.max(LEAST, columns))
                .orElse(USUAL);
    }

    /** The lines of a text; a word that is too long for a line keeps its own. */
    static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        var line =
                new StringBuilder(text.substring(0, text.length() - text.stripLeading().length()));
        boolean begun = false;
        for (String word : text.strip().split(" +")) {
            int length = line.codePointCount(0, line.length());
            if (begun && length + 1 + word.codePointCount(0, word.length()) > width) {
                lines.add(line.toString());
                line.setLength(0);
                begun = false;
            }
            line.append(begun ? " " : "").append(word);
            begun = true;
        }
        lines.add(line.toString());
        return lines;
    }
}
