package dev.wharfinger.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Blocking durable appends of 300 bytes, driven and printed as the harness's anchor {@code Store
 * chain} does it, so that the two can be compared in one run.
 *
 * <p>Usage: {@code JournalBench DIR SECONDS WRITERS}
 */
public final class JournalBench {
    private static final int ENTRY_BYTES = 300;
    private static final long WARM_NANOS = 2_000_000_000L;
    private static final int MOST_SAMPLES = 4_000_000;

    private JournalBench() {}

    /** Runs once and prints one line. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0])).resolve("journal-bench");
        delete(folder);
        try (FileJournal journal =
                FileJournal.open(folder, "example.com/journal/bench", Clock.systemUTC())) {
            drive(journal, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        }
        Verification verified = JournalReader.open(folder).verify();
        System.out.println("          " + verified.verdict() + ", " + verified.size() + " entries");
        delete(folder);
    }

    private static void drive(Journal journal, int seconds, int writers) throws Exception {
        long warmEnd = System.nanoTime() + WARM_NANOS;
        long end = warmEnd + seconds * 1_000_000_000L;
        long[][] nanos = new long[writers][MOST_SAMPLES / writers + 1000];
        int[] counts = new int[writers];
        var last = new AtomicLong();
        String entry = "{\"at\":\"" + "x".repeat(ENTRY_BYTES - 9) + "\"}";
        entry = entry.substring(0, ENTRY_BYTES - 2) + "\"}";
        String line = entry;
        Thread[] threads = new Thread[writers];
        for (int i = 0; i < writers; i++) {
            int me = i;
            threads[i] =
                    Thread.ofPlatform()
                            .start(() -> {
                                for (long t = System.nanoTime(); t < end; ) {
                                    journal.awaitDurable(journal.append(line));
                                    long u = System.nanoTime();
                                    if (t >= warmEnd && counts[me] < nanos[me].length) {
                                        nanos[me][counts[me]++] = u - t;
                                    }
                                    t = u;
                                }
                                last.accumulateAndGet(System.nanoTime(), Math::max);
                            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        int all = Arrays.stream(counts).sum();
        double rate = all / ((last.get() - warmEnd) / 1e9);
        System.out.printf(
                "%-9s writers=%-3d %8.0f appends/s  %s%n",
                "journal", writers, rate, quantiles(nanos, counts, all));
    }

    private static String quantiles(long[][] nanos, int[] counts, int all) {
        long[] sorted = new long[all];
        int at = 0;
        for (int i = 0; i < nanos.length; i++) {
            System.arraycopy(nanos[i], 0, sorted, at, counts[i]);
            at += counts[i];
        }
        Arrays.sort(sorted);
        return "p50=%.0fus p99=%.0fus p99.9=%.0fus max=%.0fus"
                .formatted(
                        sorted[all / 2] / 1e3,
                        sorted[(int) (all * 0.99)] / 1e3,
                        sorted[(int) (all * 0.999)] / 1e3,
                        sorted[all - 1] / 1e3);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
