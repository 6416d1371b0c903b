package dev.wharfinger.ledger;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Cell;
import dev.wharfinger.markdown.Row;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * A table of a ledger file whose columns are known by what they are for. A new row follows the
 * table's own layout: outer pipes or none, padding, column widths where the table is aligned.
 */
final class RowTable {
    private final LedgerText text;
    private final Block.Table table;
    private final SequencedMap<String, Integer> columns;

    RowTable(LedgerText text, Block.Table table, List<Role> roles) {
        this.text = text;
        this.table = table;
        this.columns = Role.columns(table, roles);
    }

    Block.Table table() {
        return table;
    }

    int line() {
        return table.line();
    }

    boolean has(String role) {
        return columns.containsKey(role);
    }

    /** What the rows say under that role, in the order of the file. */
    List<String> cells(String role) {
        return table.rows().stream().map(row -> cell(row, role)).toList();
    }

    String cell(Row row, String role) {
        return Optional.ofNullable(columns.get(role)).flatMap(row::cell).map(Cell::text).orElse("");
    }

    /**
     * This file with one more row. A value without a column of its own joins the text of {@code
     * catchAll}, so that nothing is lost.
     *
     * @param values raw text by role, in the order in which it is shown where it joins
     */
    Written add(
            SequencedMap<String, String> values, String catchAll, Order order, Optional<String> id)
            throws LedgerUnwritable {
        int after = order == Order.NEWEST_FIRST ? table.line() + 1 : lastLine();
        return add(values, catchAll, after, id);
    }

    /** The same below one row of the table. */
    Written add(
            SequencedMap<String, String> values, String catchAll, int after, Optional<String> id)
            throws LedgerUnwritable {
        var line = line(placed(values, catchAll));
        return Insertion.of(text, after, List.of(line), 1, id);
    }

    private int lastLine() {
        return table.rows().isEmpty() ? table.line() + 1 : table.rows().getLast().line();
    }

    private List<String> placed(SequencedMap<String, String> values, String catchAll) {
        var shown = new LinkedHashMap<>(values);
        var homeless = new ArrayList<String>();
        values.forEach((role, value) -> {
            if (!columns.containsKey(role) && !role.equals(catchAll) && !value.isBlank()) {
                homeless.add(role.replace('_', ' ') + ": " + value);
            }
        });
        var all = values.getOrDefault(catchAll, "");
        var joined = String.join("; ", homeless);
        if (!joined.isEmpty()) {
            shown.put(catchAll, all.isBlank() ? joined : all + " (" + joined + ")");
        }
        var cells = new ArrayList<String>();
        for (int i = 0; i < table.header().size(); i++) {
            int column = i;
            cells.add(
                    columns.entrySet().stream()
                            .filter(entry -> entry.getValue() == column)
                            .map(entry -> SafeText.cell(shown.getOrDefault(entry.getKey(), "")))
                            .findFirst()
                            .orElse("-"));
        }
        return cells;
    }

    private String line(List<String> cells) {
        var header = text.line(table.line());
        int first = table.header().getFirst().start();
        var indent = header.substring(0, indentEnd(header, first));
        boolean opens = header.substring(indent.length(), first).contains("|");
        boolean closes = header.stripTrailing().endsWith("|");
        boolean padded = raw(table.header().getFirst()).startsWith(" ") || !opens;
        boolean aligned = isAligned();
        var line = new StringBuilder(indent).append(opens ? "|" : "");
        for (int i = 0; i < cells.size(); i++) {
            var cell = padded && (i > 0 || opens) ? " " + cells.get(i) : cells.get(i);
            boolean last = i == cells.size() - 1;
            int width = aligned ? TextWidth.of(raw(table.header().get(i))) : 0;
            int fill = Math.max(padded ? 1 : 0, width - TextWidth.of(cell));
            line.append(cell);
            if (!last || closes) {
                line.append(" ".repeat(fill)).append('|');
            }
        }
        return line.toString();
    }

    /** Whether cells are filled up to the width of their column. */
    private boolean isAligned() {
        return Stream.concat(
                        table.header().stream(),
                        table.rows().stream().flatMap(row -> row.cells().stream()))
                .map(this::raw)
                .anyMatch(raw -> !raw.isBlank() && raw.endsWith("  "));
    }

    /** Where the table's own indent ends; a quote's mark belongs to it. */
    private static int indentEnd(String header, int first) {
        int end = 0;
        while (end < first && header.charAt(end) != '|') {
            end++;
        }
        return end;
    }

    private String raw(Cell cell) {
        return text.line(cell.line()).substring(cell.start(), cell.end());
    }
}
