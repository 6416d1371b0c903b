package dev.wharfinger.ledger;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Cell;
import dev.wharfinger.markdown.Row;
import dev.wharfinger.persona.StatusWord;
import dev.wharfinger.rule.Source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * PLAN.md: the squad's rows, the tasks and the blockers, read from whatever layout the project has
 * chosen. Reading never fails; what is not understood gives no rows, and {@link #problem} says why.
 * Writing changes one cell or adds one row, keeps every other byte, and refuses rather than
 * guesses.
 */
public final class Plan {
    private final LedgerText text;
    private final List<Place> places = new ArrayList<>();
    private final SquadLists lists;
    private final List<Task> tasks;
    private final List<Blocker> blockers;

    /** A squad row and where its status stands, if the line has that cell. */
    private record Place(SquadRow row, Optional<Cell> cell) {}

    private Plan(LedgerText text) {
        this.text = text;
        Set<Block> tables = Collections.newSetFromMap(new IdentityHashMap<>());
        for (var found : SquadTables.in(text.outline())) {
            tables.add(found.table());
            for (var row : found.table().rows()) {
                found.command(row).ifPresent(command -> places.add(place(found, row, command)));
            }
        }
        this.lists = SquadLists.in(text);
        if (places.isEmpty()) {
            lists.rows().forEach(line -> places.add(place(line)));
        }
        var notes = new PlanNotes(text.file(), tables);
        notes.read(text);
        this.tasks = List.copyOf(notes.tasks());
        this.blockers = List.copyOf(notes.blockers());
    }

    /** The plan in these bytes. */
    public static Plan parse(String file, byte[] bytes) {
        return new Plan(LedgerText.of(file, bytes));
    }

    public List<SquadRow> rows() {
        return places.stream().map(Place::row).toList();
    }

    /** The row of a command, where exactly one names it. */
    public Optional<SquadRow> row(String command) {
        var found = rows().stream().filter(row -> row.command().equals(command)).toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    public List<Task> tasks() {
        return tasks;
    }

    /** What stands in the way, from sections of that name and from lines marked with 🚧. */
    public List<Blocker> blockers() {
        return blockers;
    }

    /** Why the file gives no outline, with its line, where it gives none. */
    public Optional<String> problem() {
        return text.problem()
                .map(found -> new Source(text.file(), found.line()) + ": " + found.reason());
    }

    /** The digest of what an action may rest on: squad rows and blockers, not prose or layout. */
    public String factsDigest() {
        if (text.problem().isPresent()) {
            return Facts.ofBytes(text.bytes());
        }
        var facts = new Facts();
        rows().forEach(row -> facts.add("row", row.command(), row.agent(), row.raw()));
        blockers.forEach(blocker -> facts.add("blocker", blocker.text()));
        return facts.digest();
    }

    /**
     * The file with one status changed and every other byte as it was; the same bytes where the row
     * says so already.
     */
    public byte[] withStatus(String command, String emoji, String word) throws LedgerUnwritable {
        text.requireWritable();
        var place = writable(command);
        var wanted = StatusWord.of(word);
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("not a status word: " + word);
        }
        if (place.row().status().equals(wanted)) {
            return text.bytes();
        }
        var cell = place.cell().orElseThrow(() -> noCell(place.row()));
        var raw = text.line(cell.line()).substring(cell.start(), cell.end());
        var shown = StatusCell.isEmoji(emoji) ? emoji : wanted.get().emoji();
        var status = shown + " " + wanted.get().name();
        var changed =
                text.replaced(
                        cell.line(), cell.start(), cell.end(), StatusCell.rewritten(raw, status));
        return checked(changed, place.row(), wanted.get());
    }

    /** The file with a bug ticket in its table or list of bugs, or in a new section for them. */
    public Written withBugTicket(Ticket ticket) throws LedgerUnwritable {
        return BugTickets.add(text, ticket);
    }

    /**
     * Whether the status cells of the squad's table are the same in both versions of a plan. A new
     * row may come with 💤 IDLE; nothing else may appear, change or go.
     *
     * @param before nothing where there was no plan
     */
    public static boolean statusCellsEqual(String file, Optional<byte[]> before, byte[] after) {
        var old = new ArrayList<>(before.map(bytes -> parse(file, bytes).rows()).orElse(List.of()));
        var known = old.stream().map(SquadRow::command).toList();
        for (var row : parse(file, after).rows()) {
            var was = old.stream().filter(one -> isSame(one, row)).findFirst();
            boolean harmless = row.claims(StatusWord.IDLE) && !known.contains(row.command());
            if (was.isEmpty() && !harmless) {
                return false;
            }
            was.ifPresent(old::remove);
        }
        return old.isEmpty();
    }

    private static boolean isSame(SquadRow was, SquadRow now) {
        return was.command().equals(now.command()) && was.raw().equals(now.raw());
    }

    private Place place(SquadTables.Found found, Row row, String command) {
        var status = row.cell(found.statuses());
        var raw = status.map(Cell::text).orElse("");
        var agent = found.agents().flatMap(row::cell).map(Cell::text).orElse("");
        return new Place(
                new SquadRow(
                        command,
                        agent,
                        StatusCell.read(raw),
                        raw,
                        new Source(text.file(), row.line())),
                status);
    }

    private Place place(SquadLists.Line line) {
        return new Place(
                new SquadRow(
                        line.command(),
                        "",
                        StatusCell.read(line.raw()),
                        line.raw(),
                        new Source(text.file(), line.line())),
                line.status());
    }

    private Place writable(String command) throws LedgerUnwritable {
        var found = places.stream().filter(place -> place.row().command().equals(command)).toList();
        if (places.isEmpty()) {
            throw lists.unread() == 0
                    ? text.unwritable(0, "no table names commands and their status")
                    : text.unwritable(
                            lists.unread(),
                            "the list names commands, and not as `/command: STATUS`");
        }
        if (found.isEmpty()) {
            int line = places.getFirst().row().source().line();
            throw text.unwritable(line, "the squad has no row for `" + command + "`");
        }
        if (found.size() > 1) {
            var second = found.get(1).row().source();
            throw text.unwritable(
                    second.line(),
                    "a second row for `"
                            + command
                            + "`; the first stands in line "
                            + found.getFirst().row().source().line());
        }
        return found.getFirst();
    }

    private LedgerUnwritable noCell(SquadRow row) {
        return text.unwritable(
                row.source().line(), "the row of `" + row.command() + "` has no status cell");
    }

    /** Reads the result again: one claim is new, nothing else has moved. */
    private byte[] checked(byte[] changed, SquadRow was, StatusWord wanted)
            throws LedgerUnwritable {
        var after = parse(text.file(), changed);
        boolean same = after.places.size() == places.size();
        for (int i = 0; same && i < places.size(); i++) {
            var before = places.get(i).row();
            var now = after.places.get(i).row();
            same = before.equals(was) ? now.claims(wanted) : before.equals(now);
        }
        if (!same) {
            throw text.unwritable(
                    was.source().line(),
                    "the status of `" + was.command() + "` cannot be changed alone");
        }
        return changed;
    }
}
