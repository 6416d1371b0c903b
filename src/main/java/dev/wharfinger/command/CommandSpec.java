package dev.wharfinger.command;

import java.time.Duration;
import java.util.List;

/**
 * One declared command: an argument list that no shell reads, the names of the environment
 * variables that it may see beside {@code PATH} and {@code HOME}, and how long it may take.
 *
 * <p>The first argument is an absolute program, a name found on the server's {@code PATH}, or a
 * path with a slash ({@code ./mvnw}) inside the working folder.
 */
public record CommandSpec(List<String> argv, List<String> envNames, Duration limit) {
    public CommandSpec {
        argv = List.copyOf(argv);
        envNames = List.copyOf(envNames);
        Arguments.check(argv);
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a command's time limit is positive, not " + limit);
        }
    }

    /** As it is shown; never to be given to a shell. */
    public String text() {
        return String.join(" ", argv);
    }
}
