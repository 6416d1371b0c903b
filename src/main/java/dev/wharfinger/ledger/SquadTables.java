package dev.wharfinger.ledger;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Cell;
import dev.wharfinger.markdown.Outline;
import dev.wharfinger.markdown.Row;
import dev.wharfinger.markdown.Section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the squad table among the tables of a plan: the one whose rows name commands and whose
 * cells say how they stand. Task and bug tables that name an owner look alike and score lower.
 * Where several score the same they all count, so that a claim in one cannot hide the other.
 */
final class SquadTables {
    private static final Set<String> PERSONA_WORDS =
            Set.of(
                    "agent",
                    "agents",
                    "command",
                    "commands",
                    "persona",
                    "personas",
                    "role",
                    "squad",
                    "team",
                    "member",
                    "workflow",
                    "crew",
                    "name");
    private static final Set<String> OWNER_WORDS =
            Set.of("owner", "owners", "assignee", "assigned", "responsible", "who", "by", "next");
    private static final Set<String> WORK_WORDS =
            Set.of(
                    "task",
                    "tasks",
                    "step",
                    "steps",
                    "item",
                    "bug",
                    "ticket",
                    "issue",
                    "story",
                    "title",
                    "description",
                    "summary",
                    "outcome",
                    "trigger");
    private static final Set<String> STATUS_WORDS =
            Set.of("status", "state", "stand", "zustand", "stage");

    private SquadTables() {}

    /** A table with the columns that matter; the agent's column is empty where there is none. */
    record Found(
            Block.Table table, int commands, int statuses, Optional<Integer> agents, int score) {
        Optional<String> command(Row row) {
            return row.cell(commands).flatMap(cell -> Mentions.only(cell.text()));
        }
    }

    static List<Found> in(Outline outline) {
        var found = new ArrayList<Found>();
        for (var block : outline.preamble()) {
            look(block, "").ifPresent(found::add);
        }
        outline.allSections()
                .forEach(section -> {
                    for (var block : section.blocks()) {
                        look(block, title(section)).ifPresent(found::add);
                    }
                });
        int best = found.stream().mapToInt(Found::score).max().orElse(0);
        return found.stream().filter(table -> table.score() == best).toList();
    }

    private static String title(Section section) {
        return section.title().toLowerCase(Locale.ROOT);
    }

    private static Optional<Found> look(Block block, String title) {
        if (!(block instanceof Block.Table table) || table.header().size() < 2) {
            return Optional.empty();
        }
        int commands = commands(table);
        if (commands < 0 || count(table, commands) * 2 < table.rows().size()) {
            return Optional.empty();
        }
        int statuses = statuses(table, commands);
        if (statuses < 0) {
            return Optional.empty();
        }
        int score = score(table, commands, statuses, title);
        return score <= 0
                ? Optional.empty()
                : Optional.of(
                        new Found(
                                table,
                                commands,
                                statuses,
                                agents(table, commands, statuses),
                                score));
    }

    private static int score(Block.Table table, int commands, int statuses, String title) {
        int score = has(table.header().get(commands), PERSONA_WORDS) ? 3 : 0;
        score -= has(table.header().get(commands), OWNER_WORDS) ? 4 : 0;
        score += words(title).stream().anyMatch(PERSONA_WORDS::contains) ? 2 : 0;
        score -=
                table.header().subList(0, commands).stream().anyMatch(c -> has(c, WORK_WORDS))
                        ? 3
                        : 0;
        var named =
                table.rows().stream()
                        .flatMap(row -> row.cell(commands).stream())
                        .flatMap(cell -> Mentions.only(cell.text()).stream())
                        .toList();
        score += named.stream().distinct().count() == named.size() ? 2 : 0;
        return score + (read(table, statuses) * 2 >= table.rows().size() ? 1 : 0);
    }

    private static long read(Block.Table table, int column) {
        return table.rows().stream()
                .flatMap(row -> row.cell(column).stream())
                .filter(cell -> StatusCell.read(cell.text()).isPresent())
                .count();
    }

    /** The column with the most status words, one that is headed so before one that is not. */
    private static int statuses(Block.Table table, int commands) {
        int best = -1;
        long most = 0;
        for (int column = 0; column < table.header().size(); column++) {
            if (column == commands) {
                continue;
            }
            long read = read(table, column);
            long headed =
                    has(table.header().get(column), STATUS_WORDS) ? 1 + table.rows().size() : 0;
            if (read + headed > most) {
                best = column;
                most = read + headed;
            }
        }
        return best;
    }

    private static Optional<Integer> agents(Block.Table table, int commands, int statuses) {
        for (int column = 0; column < table.header().size(); column++) {
            if (column != commands
                    && column != statuses
                    && has(table.header().get(column), PERSONA_WORDS)) {
                return Optional.of(column);
            }
        }
        return commands > 0 && statuses != 0 ? Optional.of(0) : Optional.empty();
    }

    /** The column with the most commands; one headed as an owner's or a successor's comes last. */
    private static int commands(Block.Table table) {
        int best = -1;
        long most = 0;
        for (int column = 0; column < table.header().size(); column++) {
            long named = count(table, column);
            var header = table.header().get(column);
            long worth = named * 2 + (has(header, PERSONA_WORDS) ? named : 0);
            worth -= has(header, OWNER_WORDS) ? named : 0;
            if (worth > most) {
                best = column;
                most = worth;
            }
        }
        return best;
    }

    private static long count(Block.Table table, int column) {
        return table.rows().stream()
                .flatMap(row -> row.cell(column).stream())
                .filter(cell -> Mentions.only(cell.text()).isPresent())
                .count();
    }

    private static boolean has(Cell header, Set<String> wanted) {
        return words(header.text()).stream().anyMatch(wanted::contains);
    }

    private static List<String> words(String text) {
        return List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"));
    }
}
