package dev.wharfinger.cli;

import dev.wharfinger.persona.Covered;
import dev.wharfinger.persona.Hold;
import dev.wharfinger.persona.Lint;
import dev.wharfinger.persona.PersonaUnreadable;
import dev.wharfinger.rule.Source;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code wharf lint}: what of a persona file the server can hold, sentence by sentence. */
@Command(
        name = "lint",
        description =
                "Says of each sentence of a persona file whether it is enforced, checked, stated by"
                        + " hand or not enforceable, and which lines contradict each other. Ends"
                        + " with 1 where it found something to mend.")
final class LintCommand implements Callable<ExitCode> {
    /** A persona file is 256 KiB at most; the reader says so with its own words. */
    private static final long SIZE_LIMIT = 1 << 20;

    private static final int SENTENCE_WIDTH = 64;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Persona files.")
    private List<String> files = List.of();

    @Option(
            names = "--short",
            description = "Leaves out the sentences that the server itself enforces or checks.")
    private boolean shortly;

    private final Terminal terminal;
    private final Wharf wharf;

    LintCommand(Terminal terminal, Wharf wharf) {
        this.terminal = terminal;
        this.wharf = wharf;
    }

    @Override
    public ExitCode call() throws IOException, CommandFailed {
        var answer = new LintAnswer();
        boolean found = false;
        for (String file : files) {
            byte[] bytes = read(file);
            try {
                Lint lint = Lint.of(file, bytes);
                found |= isFinding(lint);
                answer.add(lint);
                if (wharf.output() == OutputFormat.TABLE) {
                    print(lint);
                }
            } catch (PersonaUnreadable unreadable) {
                found = true;
                answer.add(unreadable);
                terminal.err().println("wharf: " + unreadable.getMessage());
            }
        }
        if (wharf.output() == OutputFormat.JSON) {
            terminal.out().println(answer.json());
        }
        return found ? ExitCode.NO : ExitCode.DONE;
    }

    /** Only what somebody can mend; a sentence of advice is none. */
    private static boolean isFinding(Lint lint) {
        return !lint.contradictions().isEmpty() || !lint.persona().warnings().isEmpty();
    }

    private byte[] read(String file) throws IOException, CommandFailed {
        Path path = terminal.resolve(file);
        if (Files.size(path) > SIZE_LIMIT) {
            throw new CommandFailed(ExitCode.NO, file + " is larger than a persona file may be");
        }
        return Files.readAllBytes(path);
    }

    private void print(Lint lint) {
        PrintStream out = terminal.out();
        out.println(
                "%s  %s  %d sentences: %s"
                        .formatted(
                                lint.persona().file(),
                                lint.persona().name().command(),
                                lint.coverage().size(),
                                counts(lint)));
        var table = new Table("LINE", "HOLDS", "BY", "SENTENCE", "HOW");
        lint.coverage().stream()
                .filter(covered -> !shortly || isShort(covered))
                .forEach(covered -> add(covered, table));
        table.print(out);
        lint.persona()
                .warnings()
                .forEach(warning ->
                        out.println(
                                "warning  line "
                                        + warning.source().line()
                                        + ": "
                                        + warning.text()));
        lint.contradictions()
                .forEach(each -> {
                    out.println(
                            "contradiction  %s, lines %s: %s"
                                    .formatted(each.id(), lines(each.lines()), each.text()));
                    out.println("    " + each.resolution());
                });
        out.println();
    }

    /** What a person should look at: what rests on somebody's word, or on nobody's. */
    private static boolean isShort(Covered covered) {
        return covered.hold() == Hold.STATED || covered.hold() == Hold.NOT_ENFORCEABLE;
    }

    private static void add(Covered covered, Table table) {
        String text = covered.text();
        int end = text.offsetByCodePoints(0, Math.min(SENTENCE_WIDTH, points(text)));
        table.row(
                String.valueOf(covered.source().line()),
                covered.hold().text(),
                covered.by(),
                end < text.length() ? text.substring(0, end) + "…" : text,
                covered.how());
    }

    private static int points(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String counts(Lint lint) {
        return Arrays.stream(Hold.values())
                .map(hold -> lint.count(hold) + " " + hold.text())
                .collect(Collectors.joining(", "));
    }

    static String lines(List<Source> sources) {
        return sources.stream()
                .map(source -> String.valueOf(source.line()))
                .collect(Collectors.joining(", "));
    }
}
