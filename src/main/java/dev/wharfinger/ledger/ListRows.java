package dev.wharfinger.ledger;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Item;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list of a ledger file that takes more items, in the list's own marks and spacing. */
final class ListRows {
    private final LedgerText text;
    private final Block.BulletList list;

    ListRows(LedgerText text, Block.BulletList list) {
        this.text = text;
        this.list = list;
    }

    int line() {
        return list.line();
    }

    List<String> items() {
        return list.items().stream().map(Item::text).toList();
    }

    /** The first line of each item as it stands behind its mark and its box. */
    List<String> raws() {
        return list.items().stream().map(this::raw).toList();
    }

    /** This file with one more item; the text is already safe for a line. */
    Written add(String item, Order order, Optional<String> id) throws LedgerUnwritable {
        boolean first = order == Order.NEWEST_FIRST;
        if (first && list.ordered()) {
            throw text.unwritable(list.line(), "a numbered list takes no item at its top");
        }
        var neighbour = first ? list.items().getFirst() : list.items().getLast();
        var lines = new ArrayList<String>();
        if (isLoose() && !first) {
            lines.add("");
        }
        lines.add(marker(neighbour) + item);
        int row = lines.size();
        if (isLoose() && first) {
            lines.add("");
        }
        int after = first ? neighbour.line() - 1 : text.lastFilled(neighbour.endLine());
        return Insertion.of(text, after, lines, row, id);
    }

    private String raw(Item item) {
        var rest = text.line(item.line()).substring(markerEnd(item)).strip();
        return item.checked().isPresent() ? rest.substring(3).strip() : rest;
    }

    private String marker(Item neighbour) {
        var line = text.line(neighbour.line());
        int end = markerEnd(neighbour);
        if (neighbour.number().isPresent()) {
            return indent(line) + (neighbour.number().get() + 1) + line.charAt(end - 1) + " ";
        }
        return line.substring(0, end) + " " + (neighbour.checked().isPresent() ? "[ ] " : "");
    }

    private int markerEnd(Item item) {
        var line = text.line(item.line());
        int end = indent(line).length();
        while (item.number().isPresent() && Character.isDigit(line.charAt(end))) {
            end++;
        }
        return end + 1;
    }

    private static String indent(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }

    private boolean isLoose() {
        if (list.items().size() < 2) {
            return false;
        }
        return text.isBlank(list.items().get(1).line() - 1);
    }
}
