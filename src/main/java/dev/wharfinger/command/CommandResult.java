package dev.wharfinger.command;

import java.time.Duration;

/**
 * How a command ended. The output is standard output and error in one, its last 64 KiB, without
 * terminal sequences and control characters but tab and newline, and with secrets replaced. An exit
 * above 128 is a signal's number plus 128.
 */
public record CommandResult(int exit, boolean timedOut, String output, Duration took) {
    /** It ended by itself, in time, with 0. */
    public boolean succeeded() {
        return exit == 0 && !timedOut;
    }

    /** The last lines of the output, at most {@code count}, for a refusal's reason. */
    public String lastLines(int count) {
        var lines = output.stripTrailing().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }
}
