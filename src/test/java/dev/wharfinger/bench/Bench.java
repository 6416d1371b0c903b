package dev.wharfinger.bench;

import dev.wharfinger.cli.DemoPicture;
import dev.wharfinger.product.AuditRounds;
import dev.wharfinger.product.ReturnRounds;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * {@code wharf bench}: figures of this machine, beside peers that run in turn with ours, and the
 * ratios to them. Quote ratios of one run: single figures move from run to run.
 */
public final class Bench {
    private static final String USAGE =
            """
            usage: wharf bench journal [--rounds N] [--seconds N] [--peers DIR]
                   wharf bench cold [--runs N] [--peers DIR] [NAME=COMMAND ...]
                   wharf bench http [--rounds N] [--seconds N] [--peers DIR]
                   wharf bench rollback [--runs N]
                   wharf bench audit [--runs N]      N entries, a million where none is named
                   wharf bench picture [FILE]
            --peers is the folder of the peers' programs (../shared/bench where that is)\
            """;

    private Bench() {}

    /** What a bench is asked for: numbers by name, the peers' folder, and what else was named. */
    record Asked(int runs, int seconds, Optional<Path> peers, List<String> rest) {
        static Asked of(List<String> words, int runs, int seconds) {
            Deque<String> left = new ArrayDeque<>(words);
            Optional<Path> peers = Optional.of(Path.of("../shared/bench"));
            var rest = new ArrayList<String>();
            while (!left.isEmpty()) {
                String word = left.removeFirst();
                switch (word) {
                    case "--runs", "--rounds" -> runs = Integer.parseInt(left.removeFirst());
                    case "--seconds" -> seconds = Integer.parseInt(left.removeFirst());
                    case "--peers" -> peers = Optional.of(Path.of(left.removeFirst()));
                    default -> rest.add(word);
                }
            }
            return new Asked(runs, seconds, peers.filter(Files::isDirectory), rest);
        }
    }

    public static void main(String[] arguments) throws Exception {
        List<String> words = Arrays.asList(arguments);
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        switch (words.isEmpty() ? "" : words.getFirst()) {
            case "journal" -> JournalRounds.run(Asked.of(rest, 3, 5));
            case "cold" -> ColdStart.run(Asked.of(rest, 11, 0));
            case "http" -> HttpRounds.run(Asked.of(rest, 3, 4));
            case "rollback" -> ReturnRounds.run(Asked.of(rest, 200, 0).runs());
            case "audit" -> AuditRounds.run(Asked.of(rest, 1_000_000, 0).runs());
            case "picture" -> DemoPicture.main(rest.toArray(String[]::new));
            default -> {
                System.err.println(USAGE);
                System.exit(2);
            }
        }
    }

    /** Where what is built for a bench lies. */
    static Path folder() {
        return Path.of(System.getProperty("wharf.home", "."), "target", "bench").toAbsolutePath();
    }

    static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
