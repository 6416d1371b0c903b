package dev.wharfinger.journal;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A process that appends with many threads until it is killed, and prints each line's index and
 * text once it is durable.
 */
final class KilledWriter {
    private KilledWriter() {}

    /** Usage: {@code KilledWriter STATE ORIGIN WRITERS}. */
    public static void main(String[] arguments) throws Exception {
        FileJournal journal =
                FileJournal.open(Path.of(arguments[0]), arguments[1], Clock.systemUTC());
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (int writer = 0; writer < Integer.parseInt(arguments[2]); writer++) {
            String name = "{\"process\":" + ProcessHandle.current().pid() + ",\"writer\":" + writer;
            Thread.ofPlatform()
                    .start(() -> {
                        for (long n = 0; ; n++) {
                            String line = name + ",\"n\":" + n + "}";
                            long index = journal.append(line);
                            journal.awaitDurable(index);
                            out.println(index + " " + line);
                        }
                    });
        }
    }
}
