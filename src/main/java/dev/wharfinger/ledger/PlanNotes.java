package dev.wharfinger.ledger;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Cell;
import dev.wharfinger.markdown.Item;
import dev.wharfinger.markdown.Row;
import dev.wharfinger.markdown.Section;
import dev.wharfinger.rule.Source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects tasks and blockers from a plan's blocks: lists, tables of steps, marked lines. */
final class PlanNotes {
    private static final String MARK = "🚧";
    private static final List<String> BLOCKER_TITLES =
            List.of(
                    "blocker",
                    "blockers",
                    "blocked",
                    "current blockers",
                    "open blockers",
                    "impediments",
                    "active blockers",
                    "known blockers");
    private static final List<String> LEGEND_TITLES =
            List.of("legend", "key", "status emoji", "emoji");
    private static final Set<String> LEGEND_HEADERS =
            Set.of("emoji", "meaning", "symbol", "legend");
    private static final Set<String> NOTHING =
            Set.of(
                    "",
                    "-",
                    "–",
                    "—",
                    "none",
                    "n/a",
                    "nil",
                    "no blockers",
                    "none currently",
                    "keine",
                    "nothing",
                    "no open blockers",
                    "no current blockers",
                    "none at this time");
    private static final Set<String> STEP_HEADERS =
            Set.of("step", "steps", "task", "tasks", "item");
    private static final Set<String> ID_HEADERS = Set.of("id", "#", "no", "no.", "nr", "nr.");
    private static final Set<String> STATE_HEADERS =
            Set.of("status", "state", "done", "done?", "progress");
    private static final Set<String> DONE_WORDS =
            Set.of(
                    "done",
                    "complete",
                    "completed",
                    "closed",
                    "finished",
                    "x",
                    "[x]",
                    "yes",
                    "shipped");

    private final String file;
    private final Set<Block> squadTables;
    private final List<Task> tasks = new ArrayList<>();
    private final List<Blocker> blockers = new ArrayList<>();

    PlanNotes(String file, Set<Block> squadTables) {
        this.file = file;
        this.squadTables = squadTables;
    }

    void read(LedgerText text) {
        text.outline().preamble().forEach(block -> read(block, false));
        text.outline().sections().forEach(section -> read(section, false));
    }

    List<Task> tasks() {
        return tasks;
    }

    List<Blocker> blockers() {
        return blockers;
    }

    private void read(Section section, boolean inBlockers) {
        if (section.titledBy(LEGEND_TITLES).isPresent()) {
            return;
        }
        boolean blocked = inBlockers || section.titledBy(BLOCKER_TITLES).isPresent();
        section.blocks().forEach(block -> read(block, blocked));
        section.children().forEach(child -> read(child, blocked));
    }

    /** No switch: one over types makes a class when it first runs, in front of the first answer. */
    private void read(Block block, boolean blocked) {
        if (block instanceof Block.Paragraph paragraph) {
            blocker(paragraph.text(), paragraph.line(), blocked);
        } else if (block instanceof Block.Quote quote) {
            quote.blocks().forEach(inner -> read(inner, blocked));
        } else if (block instanceof Block.BulletList list) {
            list.items().forEach(item -> read(item, blocked));
        } else if (block instanceof Block.Table table) {
            read(table, blocked);
        }
    }

    private void read(Item item, boolean blocked) {
        boolean ticked = item.checked().orElse(false);
        if (!ticked) {
            blocker(item.text(), item.line(), blocked);
        }
        if (item.checked().isPresent() && !blocked) {
            tasks.add(
                    new Task(
                            Optional.empty(),
                            oneLine(item.text()),
                            ticked,
                            Optional.empty(),
                            new Source(file, item.line())));
        }
        item.children().forEach(child -> read(child, blocked && !ticked));
    }

    private void read(Block.Table table, boolean blocked) {
        if (column(table, LEGEND_HEADERS).isPresent()) {
            return;
        }
        var state = column(table, STATE_HEADERS);
        var steps = column(table, STEP_HEADERS);
        boolean isSteps = steps.isPresent() && state.isPresent() && !squadTables.contains(table);
        for (var row : table.rows()) {
            var text = row.cells().stream().map(Cell::text).collect(Collectors.joining(" | "));
            boolean closed =
                    state.flatMap(row::cell).map(cell -> isDone(cell.text())).orElse(false);
            if (!closed) {
                blocker(text, row.line(), blocked && !squadTables.contains(table));
            }
            if (isSteps && !blocked) {
                tasks.add(step(table, row, steps.get(), state.get()));
            }
        }
    }

    private Task step(Block.Table table, Row row, int steps, int state) {
        var id = column(table, ID_HEADERS).or(() -> numbered(table, steps)).flatMap(row::cell);
        int text = numbered(table, steps).isPresent() ? Math.min(steps + 1, state) : steps;
        var shown = row.cell(state).map(Cell::text).orElse("");
        return new Task(
                id.map(Cell::text),
                row.cell(text == state ? steps : text).map(Cell::text).orElse(""),
                isDone(shown),
                Optional.of(shown),
                new Source(file, row.line()));
    }

    /** A column headed "Step" that holds numbers is the id; the step's text stands beside it. */
    private static Optional<Integer> numbered(Block.Table table, int steps) {
        boolean numbers =
                table.rows().stream()
                        .flatMap(row -> row.cell(steps).stream())
                        .allMatch(cell -> cell.text().matches("[A-Za-z]?[-.]?[0-9.]{1,9}"));
        return numbers && table.header().size() > steps + 1 ? Optional.of(steps) : Optional.empty();
    }

    private void blocker(String text, int line, boolean inSection) {
        if (!inSection && !text.contains(MARK)) {
            return;
        }
        var shown = oneLine(text);
        boolean struck = shown.startsWith("~~") && shown.indexOf("~~", 2) > 0;
        if (!struck && !isNothing(shown)) {
            blockers.add(new Blocker(shown, new Source(file, line)));
        }
    }

    private static boolean isNothing(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && !Character.isLetterOrDigit(text.charAt(from))) {
            from++;
        }
        while (to > from && !Character.isLetterOrDigit(text.charAt(to - 1))) {
            to--;
        }
        return NOTHING.contains(text.substring(from, to).toLowerCase(Locale.ROOT));
    }

    private static boolean isDone(String state) {
        if (state.contains("✅") || state.contains("☑") || state.contains("✔")) {
            return true;
        }
        var bare = state.strip().toLowerCase(Locale.ROOT);
        return DONE_WORDS.contains(bare);
    }

    private static Optional<Integer> column(Block.Table table, Set<String> headers) {
        for (int column = 0; column < table.header().size(); column++) {
            if (headers.contains(table.header().get(column).text().toLowerCase(Locale.ROOT))) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }

    private static String oneLine(String text) {
        var bare = text.strip();
        return bare.indexOf('\n') < 0 ? bare : bare.replaceAll("\\s*\\n\\s*", " ");
    }
}
