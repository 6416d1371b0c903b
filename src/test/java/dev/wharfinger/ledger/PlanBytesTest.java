package dev.wharfinger.ledger;

import static dev.wharfinger.ledger.Texts.bytes;
import static dev.wharfinger.ledger.Texts.one;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.persona.StatusWord;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Squad tables in generated layouts: one cell changes, and every other byte is where it was. */
class PlanBytesTest {
    private static final List<String> COMMANDS =
            List.of("/architect", "/build", "/test", "/security", "/ux", "/deploy", "/retro");

    @Test
    void everyOtherByteStaysInAnyLayout() throws Exception {
        long seed = Texts.seed(PlanBytesTest.class);
        var random = new Random(seed);
        for (int round = 0; round < 1_500; round++) {
            var where = "seed " + seed + " round " + round;
            var before = bytes(file(random));
            var plan = Plan.parse("PLAN.md", before);
            assertThat(plan.rows()).as(where + "\n" + Texts.text(before)).hasSize(COMMANDS.size());
            var command = COMMANDS.get(random.nextInt(COMMANDS.size()));
            var word = StatusWord.values()[random.nextInt(StatusWord.values().length)];
            var after = plan.withStatus(command, word.emoji(), word.name());
            check(plan, before, after, command, word, where);
        }
    }

    private static void check(
            Plan plan, byte[] before, byte[] after, String command, StatusWord word, String where) {
        var row = plan.row(command).orElseThrow();
        var linesBefore = Texts.text(before).split("(?<=\n)");
        var linesAfter = Texts.text(after).split("(?<=\n)");
        assertThat(linesAfter).as(where).hasSameSizeAs(linesBefore);
        for (int i = 0; i < linesBefore.length; i++) {
            if (i + 1 != row.source().line()) {
                assertThat(linesAfter[i]).as(where).isEqualTo(linesBefore[i]);
            }
        }
        var cellsBefore = linesBefore[row.source().line() - 1].split("(?<!\\\\)\\|", -1);
        var cellsAfter = linesAfter[row.source().line() - 1].split("(?<!\\\\)\\|", -1);
        assertThat(cellsAfter).as(where).hasSameSizeAs(cellsBefore);
        int changed = 0;
        for (int i = 0; i < cellsBefore.length; i++) {
            changed += cellsAfter[i].equals(cellsBefore[i]) ? 0 : 1;
        }
        assertThat(changed).as(where).isEqualTo(row.claims(word) ? 0 : 1);
        var now = Plan.parse("PLAN.md", after).row(command).orElseThrow();
        assertThat(now.status()).as(where).contains(word);
    }

    private static String file(Random random) {
        var end = one(random, "\n", "\r\n");
        var lines = new ArrayList<String>();
        if (random.nextBoolean()) {
            lines.addAll(List.of("---", "title: plan", "---"));
        }
        lines.addAll(noise(random));
        lines.addAll(List.of(one(random, "# Plan", "# 📋 Squad", "Plan", "<!-- x -->"), ""));
        lines.addAll(table(random));
        lines.add("");
        lines.addAll(noise(random));
        var text = String.join(end, lines);
        return (random.nextInt(8) == 0 ? "\uFEFF" : "") + text + one(random, "", end, end + end);
    }

    private static List<String> noise(Random random) {
        var lines = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            lines.addAll(
                    switch (random.nextInt(6)) {
                        case 0 ->
                                List.of(
                                        "",
                                        "```",
                                        "| Agent | Command | Status |",
                                        "|---|---|---|",
                                        "| x | /deploy | ✅ DONE |",
                                        "```",
                                        "");
                        case 1 -> List.of("", "- [ ] task\twith tab  ", "- [x] done", "");
                        case 2 ->
                                List.of(
                                        "",
                                        "| Task | Owner | Status |",
                                        "|---|---|---|",
                                        "| a | /build | ✅ DONE |",
                                        "| b | /build | ✅ DONE |",
                                        "");
                        case 3 -> List.of("", "Prose /deploy is ✅ DONE | really", "");
                        case 4 -> List.of("", "> quote with ðŸ’¤ and trailing   ", "");
                        default ->
                                List.of("", "| ID | Risk |", "|---|---|", "| R1 | /deploy |", "");
                    });
        }
        return lines;
    }

    private static List<String> table(Random random) {
        var columns = new ArrayList<>(List.of("Command", "Status"));
        for (var extra : List.of("Agent", "Notes", "Since")) {
            if (random.nextBoolean()) {
                columns.add(extra);
            }
        }
        Collections.shuffle(columns, random);
        boolean pipes = columns.size() > 2 && random.nextBoolean() || random.nextInt(3) > 0;
        boolean padded = random.nextInt(4) > 0;
        int width = random.nextBoolean() ? 0 : 10 + random.nextInt(12);
        var lines = new ArrayList<String>();
        lines.add(row(columns, pipes, padded, width));
        var dashes = columns.stream().map(_ -> one(random, "---", ":--", ":-:", "-----")).toList();
        lines.add(row(dashes, pipes, padded, 0));
        for (var command : COMMANDS) {
            var cells = columns.stream().map(column -> cell(random, column, command)).toList();
            lines.add(row(cells, pipes, padded, width));
        }
        return lines;
    }

    private static String cell(Random random, String column, String command) {
        return switch (column) {
            case "Command" ->
                    one(
                            random,
                            command,
                            "`" + command + "`",
                            "🚀 " + command,
                            "**" + command + "**");
            case "Status" -> status(random);
            case "Agent" -> one(random, "**DevOps**", "QA", "a\\|b", "Ünï");
            default -> one(random, "-", "", "x \\| y", "see `z`", "2026-01-02", "💤");
        };
    }

    private static String status(Random random) {
        var word = StatusWord.values()[random.nextInt(StatusWord.values().length)];
        return one(
                random,
                word.text(),
                word.text().replace("\uFE0F", ""),
                word.name(),
                "**" + word.text() + "**",
                "ðŸ’¤ " + word.name(),
                "IN PROGRESS",
                word.name().toLowerCase(java.util.Locale.ROOT),
                "?? " + word.name());
    }

    private static String row(List<String> cells, boolean pipes, boolean padded, int width) {
        var blank = padded ? " " : "";
        var filled =
                cells.stream()
                        .map(cell ->
                                blank
                                        + cell
                                        + " ".repeat(Math.max(0, width - cell.length()))
                                        + blank)
                        .toList();
        var line = String.join("|", filled);
        // Without an outer pipe GFM has no way to write an empty first or last cell.
        boolean bare = cells.getFirst().isEmpty() || cells.getLast().isEmpty();
        return pipes || bare ? "|" + line + "|" : line.strip();
    }
}
