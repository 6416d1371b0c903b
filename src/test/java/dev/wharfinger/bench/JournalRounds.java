package dev.wharfinger.bench;

import dev.wharfinger.journal.JournalBench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durable appends of 300 bytes by 1, 16 and 64 writers: ours, signed tree and all, and in turn with
 * it the peers' bare chain of hashes into a file made ahead ({@code Store chain}), each in a
 * process of its own.
 */
final class JournalRounds {
    private static final Pattern RATE =
            Pattern.compile("(\\S+)\\s+writers=\\d+ +(\\d+) appends/s.*");
    private static final String CHAIN = "chain-pre";
    private static final double GOAL = 0.7;

    private final Bench.Asked asked;
    private final Path room;
    private final Optional<Path> chain;

    private JournalRounds(Bench.Asked asked, Path room, Optional<Path> chain) {
        this.asked = asked;
        this.room = room;
        this.chain = chain;
    }

    static void run(Bench.Asked asked) throws IOException, InterruptedException {
        Path room = Files.createDirectories(Bench.folder().resolve("journal"));
        var rounds = new JournalRounds(asked, room, chain(asked));
        for (int writers : new int[] {1, 16, 64}) {
            rounds.run(writers);
        }
    }

    /** The peers' program, compiled; it needs nothing but the JDK. */
    private static Optional<Path> chain(Bench.Asked asked)
            throws IOException, InterruptedException {
        Optional<Path> source =
                asked.peers()
                        .map(dir -> dir.resolve("anchors/src/main/java/Store.java"))
                        .filter(Files::isRegularFile);
        if (source.isEmpty()) {
            System.out.println("no peers here (--peers DIR): figures without ratios");
            return Optional.empty();
        }
        Path classes = Files.createDirectories(Bench.folder().resolve("anchors"));
        lines(List.of(jdk("javac"), "-nowarn", "-d", classes.toString(), source.get().toString()));
        return Optional.of(classes);
    }

    private void run(int writers) throws IOException, InterruptedException {
        var rates = new LinkedHashMap<String, List<Double>>();
        for (int round = 0; round < asked.runs(); round++) {
            once(ours(writers), rates);
            if (chain.isPresent()) {
                once(theirs(chain.get(), writers), rates);
            }
        }
        System.out.print(writers + (writers == 1 ? " writer:  " : " writers: "));
        for (Map.Entry<String, List<Double>> each : rates.entrySet()) {
            System.out.printf("%s %.0f appends/s, ", each.getKey(), Bench.median(each.getValue()));
        }
        List<Double> ours = rates.getOrDefault("journal", List.of());
        List<Double> theirs = rates.getOrDefault(CHAIN, List.of());
        if (!theirs.isEmpty()) {
            double ratio = Bench.median(ours) / Bench.median(theirs);
            System.out.printf("ratio %.2f (goal %.1f or more)", ratio, GOAL);
        }
        System.out.println();
    }

    private List<String> ours(int writers) {
        return List.of(
                jdk("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                JournalBench.class.getName(),
                room.toString(),
                Integer.toString(asked.seconds()),
                Integer.toString(writers));
    }

    private List<String> theirs(Path classes, int writers) {
        return List.of(
                jdk("java"),
                "-cp",
                classes.toString(),
                "Store",
                "chain",
                room.toString(),
                Integer.toString(asked.seconds()),
                Integer.toString(writers));
    }

    private static void once(List<String> command, Map<String, List<Double>> rates)
            throws IOException, InterruptedException {
        for (String line : lines(command)) {
            Matcher rate = RATE.matcher(line);
            if (rate.matches() && !rate.group(1).equals("chain")) { // the one without space ahead
                System.out.println("    " + line);
                rates.computeIfAbsent(rate.group(1), _ -> new ArrayList<>())
                        .add(Double.valueOf(rate.group(2)));
            }
        }
    }

    private static List<String> lines(List<String> command)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " ended with " + process.exitValue() + "\n" + text);
        }
        return text.lines().toList();
    }

    private static String jdk(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }
}
