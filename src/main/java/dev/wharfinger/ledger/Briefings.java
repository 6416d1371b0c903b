package dev.wharfinger.ledger;

import dev.wharfinger.markdown.Section;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Writes a briefing as a section, or as a row where the handoffs stand in a table. */
final class Briefings {
    private static final List<Role> ROLES =
            List.of(
                    Role.of("date", "date", "when", "timestamp", "time"),
                    Role.of("from", "from", "by", "sender", "author"),
                    Role.of("to", "to", "for", "next", "receiver", "recipient"),
                    Role.of("outcome", "outcome", "status", "result"),
                    Role.of(
                            "text",
                            "notes",
                            "note",
                            "summary",
                            "message",
                            "briefing",
                            "details",
                            "context",
                            "handoff"),
                    Role.of("shift", "shift", "session"));

    private Briefings() {}

    static Written add(LedgerText text, Briefing briefing) throws LedgerUnwritable {
        text.requireWritable();
        var places = new Places(text);
        var sections = text.outline().allSections().filter(Briefings::isBriefing).toList();
        if (sections.isEmpty()) {
            var table = places.table(ROLES, one -> one.has("to") && one.has("text"));
            return table.isPresent()
                    ? row(text, table.get(), briefing)
                    : first(text, places, briefing);
        }
        int level = sections.stream().mapToInt(Section::level).min().orElse(2);
        var same = sections.stream().filter(section -> section.level() == level).toList();
        var order =
                Order.of(
                        same.stream().map(Section::title).toList(),
                        text.outline(),
                        Order.NEWEST_FIRST);
        var newest = order == Order.NEWEST_FIRST ? same.getFirst() : same.getLast();
        return place(text, places, newest, order, lines(level, briefing));
    }

    /** Puts a section, its heading first, above the newest one or below all that belongs to it. */
    static Written place(
            LedgerText text, Places places, Section newest, Order order, List<String> lines)
            throws LedgerUnwritable {
        if (order == Order.NEWEST_LAST) {
            int last = Math.max(places.headingEnd(newest), text.lastFilled(newest.endLine()));
            return places.below(last, lines, Optional.empty(), lines.subList(0, 1));
        }
        var added = new ArrayList<>(lines);
        added.add("");
        return Insertion.of(
                text, newest.line() - 1, added, 1, Optional.empty(), lines.subList(0, 1));
    }

    private static Written first(LedgerText text, Places places, Briefing briefing)
            throws LedgerUnwritable {
        var top = text.outline().sections();
        int level = top.isEmpty() ? 2 : Math.min(6, top.getFirst().level() + 1);
        var lines = lines(level, briefing);
        var order = Order.of(List.of(), text.outline(), Order.NEWEST_FIRST);
        if (order == Order.NEWEST_LAST || top.isEmpty() || top.getFirst().children().isEmpty()) {
            return places.atEnd(lines, Optional.empty(), lines.subList(0, 1));
        }
        int next = top.getFirst().children().getFirst().line();
        int line = Math.max(places.headingEnd(top.getFirst()), text.lastFilled(next - 1));
        return places.below(line, lines, Optional.empty(), lines.subList(0, 1));
    }

    private static Written row(LedgerText text, RowTable table, Briefing briefing)
            throws LedgerUnwritable {
        var dates = table.cells("date");
        var values = new LinkedHashMap<String, String>();
        values.put("date", Stamp.like(dates.isEmpty() ? "" : dates.getLast(), briefing.at()));
        values.put("from", briefing.from());
        values.put("to", briefing.to());
        values.put("outcome", briefing.outcome());
        var said = new ArrayList<>(List.of(briefing.summary()));
        parts(briefing)
                .forEach((name, items) -> items.forEach(item -> said.add(name + ": " + item)));
        values.put("text", String.join("\n", said));
        values.put("shift", briefing.shift().orElse(""));
        var order = Order.of(dates, text.outline(), Order.NEWEST_LAST);
        return table.add(values, "text", order, Optional.empty());
    }

    private static List<String> lines(int level, Briefing briefing) {
        var lines = new ArrayList<String>();
        lines.add("#".repeat(level) + " " + title(briefing));
        lines.add("");
        lines.addAll(SafeText.paragraph(briefing.summary()));
        parts(briefing)
                .forEach((name, items) -> {
                    if (!items.isEmpty()) {
                        lines.add("");
                        lines.add("**" + name + "**");
                        lines.add("");
                        items.forEach(item -> lines.add("- " + SafeText.line(item)));
                    }
                });
        lines.add("");
        lines.add("**Next:** " + SafeText.inner(briefing.to()));
        return lines;
    }

    private static LinkedHashMap<String, List<String>> parts(Briefing briefing) {
        var parts = new LinkedHashMap<String, List<String>>();
        parts.put("Completed", briefing.completed());
        parts.put("In progress", briefing.inProgress());
        parts.put("Blockers", briefing.blockers());
        parts.put("Context", briefing.context());
        parts.put("Files", briefing.files());
        parts.put("UNVERIFIED (said, not observed)", briefing.unverified());
        return parts;
    }

    private static String title(Briefing briefing) {
        var shift = briefing.shift().map(id -> ", " + id).orElse("");
        return SafeText.inner(
                "%s — %s → %s (%s%s)"
                        .formatted(
                                Stamp.minutes(briefing.at()),
                                briefing.from(),
                                briefing.to(),
                                briefing.outcome(),
                                shift));
    }

    /** A section with a date, or one that names both ends of a handoff. */
    private static boolean isBriefing(Section section) {
        var title = section.title();
        boolean arrow = title.contains("→") || title.contains("->") || title.contains("=>");
        return Stamp.sortable(title).isPresent() || arrow && !Mentions.in(title).isEmpty();
    }
}
