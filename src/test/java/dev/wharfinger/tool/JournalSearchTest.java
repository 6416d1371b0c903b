package dev.wharfinger.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharfinger.journal.FileJournal;
import dev.wharfinger.journal.JournalEntry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The search is held against one that looks at every entry, in a journal made by chance. */
class JournalSearchTest {
    private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");
    private static final List<String> PERSONAS = List.of("deploy", "test", "security");
    private static final List<String> RULES = List.of("lane.outside", "gate.closed");
    private static final Optional<String> ANY = Optional.empty();

    @TempDir Path state;

    private record Line(
            Instant at, String persona, String shift, Optional<String> rule, String words) {
        String json() {
            return "{\"at\":\"%s\",\"type\":\"x\",\"persona\":\"%s\",\"shift\":\"%s\",\"rules\":[%s],\"words\":\"%s\"}"
                    .formatted(
                            at, persona, shift, rule.map(id -> '"' + id + '"').orElse(""), words);
        }
    }

    private static Line line(Random random, int i) {
        return new Line(
                START.plusSeconds(i),
                PERSONAS.get(random.nextInt(3)),
                "s_" + random.nextInt(5),
                random.nextInt(4) == 0
                        ? Optional.of(RULES.get(random.nextInt(2)))
                        : Optional.empty(),
                random.nextBoolean() ? "Rollback \\u00fc" : "deploy lane.outside");
    }

    private FileJournal journal() throws Exception {
        return FileJournal.open(state, "example.com/journal/shop", Clock.systemUTC());
    }

    private static JournalSearch search(Optional<String> text, Optional<String> persona) {
        return new JournalSearch(text, persona, ANY, ANY, Optional.empty(), Optional.empty());
    }

    /** All pages, one after the other. */
    private static List<Integer> pages(FileJournal journal, JournalSearch search, int page) {
        var all = new ArrayList<Integer>();
        long before = Long.MAX_VALUE;
        while (true) {
            List<JournalEntry> found = search.newest(journal, before, page);
            found.forEach(entry -> all.add(Math.toIntExact(entry.index())));
            if (found.size() < page) {
                return all;
            }
            before = found.getLast().index();
        }
    }

    private static List<Integer> naive(List<Line> lines, Predicate<Line> fits) {
        return IntStream.range(0, lines.size())
                .filter(i -> fits.test(lines.get(i)))
                .boxed()
                .toList()
                .reversed();
    }

    @Test
    void itFindsWhatOneThatLooksAtEachFinds() throws Exception {
        long seed = Long.getLong("wharf.seed", 20261127L);
        System.out.println("JournalSearchTest: -Dwharf.seed=" + seed);
        var random = new Random(seed);
        try (FileJournal journal = journal()) {
            var lines = new ArrayList<Line>();
            for (int i = 0; i < 6000; i++) {
                lines.add(line(random, i));
                journal.append(lines.getLast().json());
            }
            assertThat(pages(journal, search(ANY, ANY), 700)).isEqualTo(naive(lines, _ -> true));
            assertThat(pages(journal, search(Optional.of("ROLLBACK"), ANY), 20))
                    .isEqualTo(naive(lines, one -> one.words().startsWith("Rollback")));
            assertThat(pages(journal, search(ANY, Optional.of("/test")), 20))
                    .isEqualTo(naive(lines, one -> one.persona().equals("test")));
            assertThat(pages(journal, search(ANY, Optional.of("nobody")), 20)).isEmpty();
            assertThat(pages(journal, search(Optional.of("\"quoted"), ANY), 20)).isEmpty();
            Instant from = START.plusSeconds(1000);
            Instant to = START.plusSeconds(2000);
            var all =
                    new JournalSearch(
                            Optional.of("lane"),
                            Optional.of("deploy"),
                            Optional.of("s_3"),
                            Optional.of("lane.outside"),
                            Optional.of(from),
                            Optional.of(to));
            Predicate<Line> fits =
                    one ->
                            one.json().contains("lane")
                                    && one.persona().equals("deploy")
                                    && one.shift().equals("s_3")
                                    && one.rule().equals(Optional.of("lane.outside"))
                                    && !one.at().isBefore(from)
                                    && !one.at().isAfter(to);
            assertThat(pages(journal, all, 3)).isEqualTo(naive(lines, fits)).isNotEmpty();
        }
    }

    @Test
    void aCursorHoldsWhileMoreIsWritten() throws Exception {
        var random = new Random(7);
        try (FileJournal journal = journal()) {
            for (int i = 0; i < 100; i++) {
                journal.append(line(random, i).json());
            }
            var first = search(ANY, ANY).newest(journal, Long.MAX_VALUE, 20);
            for (int i = 100; i < 200; i++) {
                journal.append(line(random, i).json());
            }
            var second = search(ANY, ANY).newest(journal, first.getLast().index(), 20);
            assertThat(second.getFirst().index()).isEqualTo(79);
            assertThat(second.getLast().index()).isEqualTo(60);
            assertThat(search(ANY, ANY).newest(journal, 0, 20)).isEmpty();
        }
    }

    @Test
    void aDamagedEntryIsSaidAndNotPassedOver() throws Exception {
        var random = new Random(7);
        try (FileJournal journal = journal()) {
            for (int i = 0; i < 100; i++) {
                journal.append(line(random, i).json());
            }
            journal.awaitDurable(99);
            try (var file = new RandomAccessFile(state.resolve("journal/entries").toFile(), "rw")) {
                file.seek(2000);
                int was = file.read();
                file.seek(2000);
                file.write(was ^ 1);
            }
            assertThatThrownBy(() -> search(Optional.of("nowhere"), ANY).newest(journal, 100, 20))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("is damaged");
        }
    }
}
