package dev.wharfinger.ledger;

import dev.wharfinger.markdown.Section;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * SESSION_LOG.md: a table or a list of what happened, or a section a day, newest first or last as
 * the file has it. A missing file is made from its template.
 */
public final class SessionLog {
    private static final List<Role> ROLES =
            List.of(
                    Role.of(
                            "date",
                            "date",
                            "when",
                            "timestamp",
                            "datetime",
                            "date/time",
                            "started"),
                    Role.of("time", "time"),
                    Role.of("command", "agent", "persona", "command", "who", "role", "by", "actor"),
                    Role.of(
                            "event",
                            "event",
                            "action",
                            "type",
                            "activity",
                            "phase",
                            "status",
                            "kind"),
                    Role.of(
                            "text",
                            "summary",
                            "notes",
                            "note",
                            "details",
                            "detail",
                            "description",
                            "message",
                            "comment",
                            "comments",
                            "work",
                            "entry",
                            "what"),
                    Role.of("output", "output", "outcome", "result", "results"),
                    Role.of("shift", "shift", "session", "id", "ref"));

    private SessionLog() {}

    /** The file with one more line; nothing for {@code now} where the file is missing. */
    public static Written append(String file, Optional<byte[]> now, SessionRow row)
            throws LedgerUnwritable {
        var text = LedgerText.of(file, now.orElseGet(LedgerFile.SESSION_LOG::template));
        text.requireWritable();
        var places = new Places(text);
        var table =
                places.table(
                        ROLES,
                        one ->
                                (one.has("date") || one.has("time"))
                                        && (one.has("text") || one.has("event")));
        if (table.isPresent()) {
            return row(text, table.get(), row);
        }
        var strange = places.strangeTable();
        if (strange.isPresent()) {
            throw text.unwritable(
                    strange.get().line(), "the log's table has no column for a date and a text");
        }
        var list = places.datedList();
        if (list.isPresent()) {
            var order = Order.of(list.get().items(), text.outline(), Order.NEWEST_LAST);
            return list.get()
                    .add(Stamp.minutes(row.at()) + " " + sentence(row), order, Optional.empty());
        }
        var days = text.outline().allSections().filter(SessionLog::isDay).toList();
        return days.isEmpty() ? freshTable(places, text, row) : inDay(text, places, days, row);
    }

    private static Written row(LedgerText text, RowTable table, SessionRow row)
            throws LedgerUnwritable {
        var values = new LinkedHashMap<String, String>();
        var dates = table.cells(table.has("date") ? "date" : "time");
        boolean split = table.has("date") && table.has("time");
        var like = dates.isEmpty() ? "" : dates.getLast();
        var stamp = split ? Stamp.date(row.at()) : Stamp.like(like, row.at());
        values.put("date", table.has("date") ? stamp : "");
        values.put("time", split ? Stamp.time(row.at()) : table.has("date") ? "" : stamp);
        values.put("command", row.command());
        values.put("event", row.event().text());
        values.put("text", row.text());
        values.put("output", row.output().orElse(""));
        values.put("shift", row.shift().orElse(""));
        var order = Order.of(dates, text.outline(), Order.NEWEST_LAST);
        return table.add(values, table.has("text") ? "text" : "event", order, Optional.empty());
    }

    /**
     * A section a day: the newest takes the line if it is of the same day, else a new one comes.
     */
    private static Written inDay(LedgerText text, Places places, List<Section> days, SessionRow row)
            throws LedgerUnwritable {
        var order =
                Order.of(
                        days.stream().map(Section::title).toList(),
                        text.outline(),
                        Order.NEWEST_LAST);
        var newest = order == Order.NEWEST_FIRST ? days.getFirst() : days.getLast();
        var line = Stamp.time(row.at()) + " " + sentence(row);
        if (newest.title().contains(Stamp.date(row.at()))) {
            var list = places.lastList(newest);
            return list.isPresent()
                    ? list.get().add(line, Order.NEWEST_LAST, Optional.empty())
                    : places.atEnd(newest, List.of("- " + line), Optional.empty());
        }
        var heading = "#".repeat(newest.level()) + " " + Stamp.date(row.at());
        var lines = List.of(heading, "", "- " + line);
        return Briefings.place(text, places, newest, order, lines);
    }

    private static Written freshTable(Places places, LedgerText text, SessionRow row)
            throws LedgerUnwritable {
        var template = LedgerText.of(text.file(), LedgerFile.SESSION_LOG.template());
        var model = new Places(template).table(ROLES, one -> one.has("time")).orElseThrow();
        var lines = new ArrayList<String>();
        lines.add(template.line(model.line()));
        lines.add(template.line(model.line() + 1));
        var added = places.atEnd(lines, Optional.empty(), List.of());
        return append(text.file(), Optional.of(added.bytes()), row);
    }

    private static boolean isDay(Section section) {
        return Stamp.sortable(section.title()).isPresent();
    }

    private static String sentence(SessionRow row) {
        var said = row.command() + ": " + row.event().text() + " — " + row.text();
        var output = row.output().map(out -> " → " + out).orElse("");
        var shift = row.shift().map(id -> " (" + id + ")").orElse("");
        return SafeText.inner(said + output + shift);
    }
}
