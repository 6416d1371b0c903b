package dev.wharfinger.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Where every run of {@code wharf} begins. What agents and hooks wait for goes its own way, past
 * the library that reads command lines: loading that takes longer than the JVM itself.
 */
public final class Start {
    private Start() {}

    /** Runs one command line and answers with its exit code; never throws. */
    public static ExitCode run(Terminal terminal, String... arguments) {
        List<String> words = Arrays.asList(arguments);
        boolean quick =
                !words.isEmpty()
                        && words.getFirst().equals("stdio")
                        && !words.contains("--help")
                        && !words.contains("-h");
        return quick
                ? stdio(terminal, words.subList(1, words.size()))
                : Wharf.run(terminal, arguments);
    }

    private static ExitCode stdio(Terminal terminal, List<String> arguments) {
        try {
            return Stdio.run(terminal, arguments);
        } catch (CommandFailed
                | ConfigError
                | IOException
                | RuntimeException
                | LinkageError
                | StackOverflowError failed) {
            return new Errors(terminal).codeOf(failed);
        }
    }
}
