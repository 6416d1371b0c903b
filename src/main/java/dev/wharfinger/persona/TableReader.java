package dev.wharfinger.persona;

import dev.wharfinger.markdown.Row;
import dev.wharfinger.rule.Source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the three tables of a persona file: statuses, phases, handoff matrix. */
final class TableReader {
    private static final String STATUS_HEADER = "| Emoji | Status | Meaning |";
    private static final String PHASE_HEADER = "| Phase | Name | Skill Section | Output |";
    private static final String HANDOFF_HEADER = "| Outcome | Next Agent | Command | Trigger |";
    private static final Pattern HUMAN =
            Pattern.compile(
                    "\\b(human|user|person|people|nobody|none)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}]+");

    private final Parts parts;
    private final List<Warning> warnings = new ArrayList<>();

    TableReader(Parts parts) {
        this.parts = parts;
    }

    List<Warning> warnings() {
        return warnings;
    }

    List<Status> statuses() throws PersonaUnreadable {
        var statuses = new ArrayList<Status>();
        Optional<Parts.Grid> grid = parts.grid(Topic.STATUSES);
        if (grid.isEmpty()) {
            return statuses;
        }
        int word = grid.get().needed(STATUS_HEADER, "status");
        Optional<Integer> emoji = grid.get().column("emoji", "icon");
        Optional<Integer> meaning = grid.get().column("meaning", "description");
        for (Row row : grid.get().rows()) {
            String cell = grid.get().text(row, Optional.of(word));
            Optional<StatusWord> known =
                    StatusWord.of(NOT_LETTERS.matcher(cell).replaceAll(" ").strip());
            if (known.isEmpty()) {
                warn(row.line(), "`" + cell + "` is none of the six statuses; it is never set");
                continue;
            }
            refuseTwice(statuses, known.get(), row.line());
            String shown = emoji.isPresent() ? grid.get().text(row, emoji) : cell;
            statuses.add(
                    new Status(
                            known.get(),
                            emoji(shown, known.get(), row.line()),
                            grid.get().text(row, meaning),
                            parts.at(row.line())));
        }
        return statuses;
    }

    private void refuseTwice(List<Status> statuses, StatusWord word, int line)
            throws PersonaUnreadable {
        for (Status status : statuses) {
            if (status.word() == word) {
                throw new PersonaUnreadable(
                        parts.at(line),
                        "a second row for `%s`; the first is line %d"
                                .formatted(word, status.source().line()),
                        "Keep one row a status");
            }
        }
    }

    /** The cell's emoji; where it is unreadable, the one that the methodology gives that word. */
    private String emoji(String cell, StatusWord word, int line) {
        String mark =
                cell.codePoints()
                        .filter(c -> !Character.isLetterOrDigit(c) && !Character.isWhitespace(c))
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        boolean readable =
                mark.equals(cell.replaceAll("\\s|" + word.name(), ""))
                        && mark.codePoints().anyMatch(c -> c > 0x7F && Character.isEmoji(c));
        if (readable) {
            return mark;
        }
        warn(line, "no emoji can be read for `" + word + "`; taken: " + word.emoji());
        return word.emoji();
    }

    List<Phase> phases() throws PersonaUnreadable {
        var phases = new ArrayList<Phase>();
        Optional<Parts.Grid> grid = parts.grid(Topic.PHASES);
        if (grid.isEmpty()) {
            return phases;
        }
        int name = grid.get().needed(PHASE_HEADER, "name", "phase name", "title");
        Optional<Integer> number = grid.get().column("phase", "no", "step");
        Optional<Integer> skill = grid.get().column("skill", "section");
        Optional<Integer> output = grid.get().column("output", "result");
        for (Row row : grid.get().rows()) {
            String title = grid.get().text(row, Optional.of(name));
            if (title.isBlank()) {
                throw new PersonaUnreadable(
                        parts.at(row.line()),
                        "a phase without a name",
                        "Write its name, or remove the row");
            }
            int last = phases.isEmpty() ? 0 : phases.getLast().number();
            phases.add(
                    new Phase(
                            number(grid.get().text(row, number), last, row.line()),
                            title,
                            Meanings.phase(title),
                            bare(grid.get().text(row, skill)),
                            bare(grid.get().text(row, output)),
                            parts.at(row.line())));
        }
        return phases;
    }

    private int number(String cell, int last, int line) throws PersonaUnreadable {
        if (!cell.matches("\\d{1,4}")) {
            return last + 1;
        }
        int number = Integer.parseInt(cell);
        if (number <= last) {
            throw new PersonaUnreadable(
                    parts.at(line),
                    "phase " + number + " stands behind phase " + last,
                    "Number the phases in the order in which they are done");
        }
        return number;
    }

    private static String bare(String cell) {
        return cell.replace("`", "").replaceFirst("^\\s*§\\s*", "").strip();
    }

    List<HandoffRow> handoffs() throws PersonaUnreadable {
        var rows = new ArrayList<HandoffRow>();
        Optional<Parts.Grid> grid = parts.grid(Topic.HANDOFFS);
        if (grid.isEmpty()) {
            return rows;
        }
        Optional<Integer> outcome = Optional.of(grid.get().needed(HANDOFF_HEADER, "outcome"));
        Optional<Integer> next =
                Optional.of(grid.get().needed(HANDOFF_HEADER, "next agent", "next"));
        Optional<Integer> command = grid.get().column("command", "action");
        Optional<Integer> trigger = grid.get().column("trigger", "when");
        for (Row row : grid.get().rows()) {
            Source source = parts.at(row.line());
            String label = grid.get().text(row, outcome);
            String slug = Meanings.outcome(label);
            refuseUnclear(rows, slug, source);
            rows.add(
                    new HandoffRow(
                            slug,
                            label,
                            nextCommand(grid.get().text(row, next), source),
                            grid.get().text(row, command),
                            grid.get().text(row, trigger),
                            source));
        }
        return rows;
    }

    private static void refuseUnclear(List<HandoffRow> rows, String slug, Source source)
            throws PersonaUnreadable {
        if (slug.isEmpty()) {
            throw new PersonaUnreadable(
                    source, "an outcome without words", "Name the outcome: `Shipped Staging`");
        }
        for (HandoffRow row : rows) {
            if (row.slug().equals(slug)) {
                throw new PersonaUnreadable(
                        source,
                        "a second row for the outcome `%s`; the first is line %d"
                                .formatted(slug, row.source().line()),
                        "Keep one row an outcome, so that one persona is next");
            }
        }
    }

    private static String nextCommand(String cell, Source source) throws PersonaUnreadable {
        Optional<String> command = Mentions.commandsIn(cell.replace('`', ' ')).stream().findFirst();
        if (command.isPresent()) {
            return command.get();
        }
        if (HUMAN.matcher(cell).find()) {
            return "human";
        }
        throw new PersonaUnreadable(
                source,
                "nobody is next: `" + cell.toLowerCase(Locale.ROOT) + "`",
                "Write a persona's command, `/build`, or `human`");
    }

    private void warn(int line, String text) {
        warnings.add(new Warning(parts.at(line), text));
    }
}
