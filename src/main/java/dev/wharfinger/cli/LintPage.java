package dev.wharfinger.cli;

import dev.wharfinger.persona.Contradiction;
import dev.wharfinger.persona.Covered;
import dev.wharfinger.persona.Hold;
import dev.wharfinger.persona.Lint;
import dev.wharfinger.persona.Warning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What {@code wharf lint} prints for people: each sentence whole, and below it by what it holds; as
 * wide as the terminal says in {@code COLUMNS}, else 100.
 */
final class LintPage {
    private static final int USUAL = 100;
    private static final int LEAST = 60;
    private static final String LEFT = " ".repeat(23);

    private final Terminal terminal;
    private final int width;

    LintPage(Terminal terminal) {
        this.terminal = terminal;
        this.width = columns(terminal.variable("COLUMNS"));
    }

    private static int columns(Optional<String> said) {
        return said.filter(text -> text.matches("\\d{2,3}"))
                .map(Integer::parseInt)
                .map(columns -> Math.max(LEAST, columns))
                .orElse(USUAL);
    }

    /** The page of one file, with the sentences that are wanted. */
    void print(Lint lint, Predicate<Covered> wanted) {
        line(
                "%s  %s  %d sentences: %s"
                        .formatted(
                                lint.persona().file(),
                                lint.persona().name().command(),
                                lint.coverage().size(),
                                counts(lint)));
        lint.coverage().stream().filter(wanted).forEach(this::sentence);
        for (Warning warning : lint.persona().warnings()) {
            String text = "warning  line " + warning.source().line() + ": " + warning.text();
            wrapped(text, "    ", "33");
        }
        for (Contradiction each : lint.contradictions()) {
            String lines = LintCommand.lines(each.lines());
            wrapped(
                    "contradiction  %s, lines %s: %s".formatted(each.id(), lines, each.text()),
                    "    ",
                    "33");
            wrapped("    " + each.resolution(), "    ", "2");
        }
        line("");
    }

    private static String counts(Lint lint) {
        return Arrays.stream(Hold.values())
                .map(hold -> lint.count(hold) + " " + hold.text())
                .collect(Collectors.joining(", "));
    }

    private void sentence(Covered covered) {
        List<String> text = wrap(Table.plain(covered.text()), width - LEFT.length());
        String hold = "%-15s  ".formatted(covered.hold().text());
        line(
                "%4d  ".formatted(covered.source().line())
                        + paint(colour(covered.hold()), hold)
                        + text.getFirst());
        text.stream().skip(1).forEach(part -> line(LEFT + part));
        String by = covered.by().isEmpty() ? "" : covered.by() + ": ";
        for (String part : wrap(Table.plain(by + covered.how()), width - LEFT.length())) {
            line(LEFT + paint("2", part));
        }
    }

    private static String colour(Hold hold) {
        return switch (hold) {
            case ENFORCED -> "32";
            case CHECKED -> "36";
            case STATED -> "33";
            case NOT_ENFORCEABLE -> "31";
        };
    }

    private void wrapped(String text, String indent, String colour) {
        boolean first = true;
        for (String part : wrap(Table.plain(text), width - indent.length())) {
            line(paint(colour, (first ? "" : indent) + part));
            first = false;
        }
    }

    /** At blanks; a word that is too long for a line keeps its own. */
    private static List<String> wrap(String text, int width) {
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

    private String paint(String code, String text) {
        return terminal.colours() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private void line(String text) {
        terminal.out().println(text);
    }
}
