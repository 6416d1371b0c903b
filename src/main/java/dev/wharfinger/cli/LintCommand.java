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
import java.nio.file.Files;
import java.nio.file.Path;
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
                    new LintPage(terminal).print(lint, covered -> !shortly || isShort(covered));
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

    /** What a person should look at: what rests on somebody's word, or on nobody's. */
    private static boolean isShort(Covered covered) {
        return covered.hold() == Hold.STATED || covered.hold() == Hold.NOT_ENFORCEABLE;
    }

    static String lines(List<Source> sources) {
        return sources.stream()
                .map(source -> String.valueOf(source.line()))
                .collect(Collectors.joining(", "));
    }
}
