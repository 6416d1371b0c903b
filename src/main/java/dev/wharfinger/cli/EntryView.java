package dev.wharfinger.cli;

import dev.wharfinger.journal.JournalEntry;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One journal entry as auditors see it. The line itself is never changed: its bytes are what the
 * leaf's hash is over.
 *
 * @param fields the line as JSON; a missing node where it is none
 */
record EntryView(JournalEntry entry, JsonNode fields) {
    static final String CSV_HEADER = "index,at,type,principal,persona,shift,leaf,line\r\n";

    private static final JsonMapper JSON = new JsonMapper();

    static EntryView of(JournalEntry entry) {
        try {
            return new EntryView(entry, JSON.readTree(entry.line()));
        } catch (JacksonException notJson) {
            return new EntryView(entry, JSON.missingNode());
        }
    }

    /** One line: index, the leaf's hash, and the entry's own text, byte for byte. */
    String json() {
        String text = fields.isObject() ? entry.line() : JSON.writeValueAsString(entry.line());
        return "{\"index\":%d,\"leaf\":\"%s\",\"entry\":%s}"
                .formatted(entry.index(), entry.leaf().hex(), text);
    }

    /** One record as RFC 4180 writes it. */
    String csv() {
        return Stream.of(
                                String.valueOf(entry.index()),
                                field("at"),
                                field("type"),
                                field("principal"),
                                field("persona"),
                                field("shift"),
                                entry.leaf().hex(),
                                entry.line())
                        .map(EntryView::cell)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    void addTo(Table table) {
        table.row(
                String.valueOf(entry.index()),
                field("at"),
                field("type"),
                field("persona"),
                field("principal"),
                field("shift"));
    }

    private String field(String name) {
        return Table.plain(fields.path(name).asString(""));
    }

    /** Quoted, and never a formula: a spreadsheet would run what an agent wrote. */
    private static String cell(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
    }
}
