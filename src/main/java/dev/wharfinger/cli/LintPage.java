package dev.wharfinger.cli;

import dev.wharfinger.persona.Contradiction;
import dev.wharfinger.persona.Covered;
import dev.wharfinger.persona.Hold;
import dev.wharfinger.persona.Lint;
import dev.wharfinger.persona.Warning;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What {@code wharf lint} prints for people: each sentence whole, and below it by what it holds; as
 * wide as the terminal says in {@code COLUMNS}, else 100.
 */
final class LintPage {
    private static final String LEFT = " ".repeat(23);

    private final Terminal terminal;
    private final int width;

    LintPage(Terminal terminal) {
        this.terminal = terminal;
        this.width = Paragraph.columns(terminal);
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
        List<String> text = Paragraph.wrap(Table.plain(covered.text()), width - LEFT.length());
        String hold = "%-15s  ".formatted(covered.hold().text());
        line(
                "%4d  ".formatted(covered.source().line())
                        + paint(colour(covered.hold()), hold)
                        + text.getFirst());
        text.stream().skip(1).forEach(part -> line(LEFT + part));
        String by = covered.by().isEmpty() ? "" : covered.by() + ": ";
        for (String part : Paragraph.wrap(Table.plain(by + covered.how()), width - LEFT.length())) {
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
        for (String part : Paragraph.wrap(Table.plain(text), width - indent.length())) {
            line(paint(colour, (first ? "" : indent) + part));
            first = false;
        }
    }

    private String paint(String code, String text) {
        return terminal.colours() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private void line(String text) {
        terminal.out().println(text);
    }
}
