package dev.wharfinger.ledger;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Cell;
import dev.wharfinger.markdown.Item;
import dev.wharfinger.markdown.Row;
import dev.wharfinger.markdown.Section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the table or list of a file that takes the next entry, or the end of a section. */
final class Places {
    private final LedgerText text;

    Places(LedgerText text) {
        this.text = text;
    }

    /** The usable table with the newest date; among several without one, the last. */
    Optional<RowTable> table(List<Role> roles, Predicate<RowTable> usable) {
        return newest(tables(text.outline().blocks(), roles).filter(usable).toList());
    }

    /** The same inside one section, its children included. */
    Optional<RowTable> table(Section section, List<Role> roles, Predicate<RowTable> usable) {
        return newest(tables(blocks(section), roles).filter(usable).toList());
    }

    /** The list with the newest date among those whose items are dated. */
    Optional<ListRows> datedList() {
        var dated =
                text.outline().blocks().stream()
                        .flatMap(block -> list(block).stream())
                        .filter(Places::isDated)
                        .toList();
        return newestOf(dated, list -> list.items().stream().map(Item::text).toList())
                .map(list -> new ListRows(text, list));
    }

    /** The last list of a section or of the sections below it. */
    Optional<ListRows> lastList(Section section) {
        var lists = blocks(section).stream().flatMap(block -> list(block).stream()).toList();
        return lists.isEmpty()
                ? Optional.empty()
                : Optional.of(new ListRows(text, lists.getLast()));
    }

    /** A table that holds dates and that nobody here understands. */
    Optional<Block.Table> strangeTable() {
        return text.outline().blocks().stream()
                .flatMap(block ->
                        block instanceof Block.Table table ? Stream.of(table) : Stream.of())
                .filter(table -> newestStamp(rowTexts(table)).isPresent())
                .findFirst();
    }

    /** The section of one of these titles; the first in the order of the titles. */
    Optional<Section> section(List<String> titles) {
        return titles.stream().flatMap(title -> text.outline().section(title).stream()).findFirst();
    }

    static List<Block> blocks(Section section) {
        var blocks = new ArrayList<Block>();
        section.all().forEach(one -> blocks.addAll(one.blocks()));
        return blocks;
    }

    /**
     * Adds lines at the end of a section's own blocks, a blank line before and, if needed, after.
     */
    Written atEnd(Section section, List<String> lines, Optional<String> id)
            throws LedgerUnwritable {
        int end =
                section.children().isEmpty()
                        ? section.endLine()
                        : section.children().getFirst().line() - 1;
        return below(Math.max(headingEnd(section), text.lastFilled(end)), lines, id, List.of());
    }

    /** Adds lines, some of them headings, at the end of the file. */
    Written atEnd(List<String> lines, Optional<String> id, List<String> headings)
            throws LedgerUnwritable {
        return below(text.lastFilled(text.lineCount()), lines, id, headings);
    }

    /** Adds lines below a filled line, apart from it and from what follows. */
    Written below(int line, List<String> lines, Optional<String> id, List<String> headings)
            throws LedgerUnwritable {
        var added = new ArrayList<String>();
        if (line > 0) {
            added.add("");
        }
        added.addAll(lines);
        if (line < text.lineCount() && !text.isBlank(line + 1)) {
            added.add("");
        }
        return Insertion.of(text, line, added, line > 0 ? 2 : 1, id, headings);
    }

    /** An underlined heading ends with its underline. */
    int headingEnd(Section section) {
        int line = section.line();
        if (!text.line(line).stripLeading().startsWith("#")) {
            do {
                line++;
            } while (line < text.lineCount() && !text.line(line).strip().matches("=+|-+"));
        }
        return line;
    }

    private Stream<RowTable> tables(List<Block> blocks, List<Role> roles) {
        return blocks.stream()
                .flatMap(block ->
                        block instanceof Block.Table table ? Stream.of(table) : Stream.of())
                .map(table -> new RowTable(text, table, roles));
    }

    private static Optional<RowTable> newest(List<RowTable> tables) {
        return newestOf(tables, table -> rowTexts(table.table()));
    }

    private static <T> Optional<T> newestOf(List<T> all, Function<T, List<String>> entries) {
        Optional<T> best = Optional.empty();
        var newest = "";
        for (var one : all) {
            var stamp = newestStamp(entries.apply(one)).orElse("");
            if (stamp.compareTo(newest) >= 0) {
                best = Optional.of(one);
                newest = stamp;
            }
        }
        return best;
    }

    private static Optional<String> newestStamp(List<String> texts) {
        return texts.stream().flatMap(text -> Stamp.sortable(text).stream()).max(String::compareTo);
    }

    private static List<String> rowTexts(Block.Table table) {
        return table.rows().stream().map(Places::rowText).toList();
    }

    static String rowText(Row row) {
        return String.join(" | ", row.cells().stream().map(Cell::text).toList());
    }

    private static Optional<Block.BulletList> list(Block block) {
        return block instanceof Block.BulletList list ? Optional.of(list) : Optional.empty();
    }

    private static boolean isDated(Block.BulletList list) {
        long dated =
                list.items().stream().filter(i -> Stamp.sortable(i.text()).isPresent()).count();
        return dated * 2 >= list.items().size();
    }
}
