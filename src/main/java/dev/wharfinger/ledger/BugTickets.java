package dev.wharfinger.ledger;

import dev.wharfinger.markdown.Section;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Adds bug tickets to a plan: to its table or list of bugs, else to a new section. */
final class BugTickets {
    private static final List<String> TITLES =
            List.of(
                    "bugs",
                    "bug tickets",
                    "bug",
                    "open bugs",
                    "known bugs",
                    "defects",
                    "known issues",
                    "open issues",
                    "issues",
                    "tickets");
    private static final List<Role> ROLES =
            List.of(
                    Role.of("id", "id", "#", "ticket", "key", "no", "nr"),
                    Role.of(
                            "title",
                            "bug",
                            "title",
                            "issue",
                            "summary",
                            "description",
                            "defect",
                            "name"),
                    Role.of("severity", "severity", "priority", "prio", "sev", "impact"),
                    Role.of("owner", "owner", "assignee", "assigned", "agent", "persona"),
                    Role.of("status", "status", "state"),
                    Role.of("opened", "opened", "reported", "created", "date", "found"),
                    Role.of("due", "due", "deadline", "until", "target"),
                    Role.of("details", "details", "notes", "comment", "comments", "cause"));
    private static final List<String> NEW_TABLE =
            List.of(
                    "| ID | Bug | Severity | Owner | Status | Opened | Due |",
                    "|----|-----|----------|-------|--------|--------|-----|");

    private BugTickets() {}

    static Written add(LedgerText text, Ticket ticket) throws LedgerUnwritable {
        text.requireWritable();
        var places = new Places(text);
        var section = places.section(TITLES);
        if (section.isEmpty()) {
            return freshSection(text, places, ticket);
        }
        var table = places.table(section.get(), ROLES, one -> one.has("title"));
        if (table.isPresent()) {
            return row(text, table.get(), ticket);
        }
        var list = places.lastList(section.get());
        return list.isPresent()
                ? item(text, list.get(), ticket)
                : freshTable(text, places, section.get(), ticket);
    }

    private static Written row(LedgerText text, RowTable table, Ticket ticket)
            throws LedgerUnwritable {
        var ids = table.cells("id");
        var opened = table.cells("opened");
        var scheme = Ids.scheme(ids).orElse(new Ids.Scheme("BUG-", 3));
        var id = Ids.next(text.text(), ids, scheme);
        var values = new LinkedHashMap<String, String>();
        values.put("id", id);
        values.put("title", ticket.title());
        values.put("severity", ticket.severity());
        values.put("owner", ticket.owner());
        values.put("status", "OPEN");
        var like = opened.isEmpty() ? "" : opened.getLast();
        values.put("opened", Stamp.like(like, ticket.opened()));
        values.put("due", due(ticket));
        values.put("details", ticket.details());
        var order = Order.of(opened, text.outline(), Order.NEWEST_LAST);
        return table.add(values, "title", order, Optional.of(id));
    }

    private static Written item(LedgerText text, ListRows list, Ticket ticket)
            throws LedgerUnwritable {
        var model = ItemModel.of(list.raws());
        var scheme = Ids.scheme(model.ids()).orElse(new Ids.Scheme("BUG-", 3));
        var id = Ids.next(text.text(), model.ids(), scheme);
        var details = ticket.details().isBlank() ? "" : " — " + ticket.details();
        var said =
                "%s (%s, %s, opened %s; due: %s)%s"
                        .formatted(
                                ticket.title(),
                                ticket.severity(),
                                ticket.owner(),
                                Stamp.minutes(ticket.opened()),
                                due(ticket),
                                details);
        var order = Order.of(list.items(), text.outline(), Order.NEWEST_LAST);
        return list.add(model.line(id, SafeText.inner(said)), order, Optional.of(id));
    }

    private static Written freshTable(
            LedgerText text, Places places, Section section, Ticket ticket)
            throws LedgerUnwritable {
        var added = places.atEnd(section, NEW_TABLE, Optional.empty());
        return add(LedgerText.of(text.file(), added.bytes()), ticket);
    }

    private static Written freshSection(LedgerText text, Places places, Ticket ticket)
            throws LedgerUnwritable {
        var top = text.outline().sections();
        int level = top.size() > 1 ? top.getLast().level() : 2;
        var title = "Bugs";
        var lines =
                List.of("#".repeat(level) + " " + title, "", NEW_TABLE.get(0), NEW_TABLE.get(1));
        var added = places.atEnd(lines, Optional.empty(), lines.subList(0, 1));
        return add(LedgerText.of(text.file(), added.bytes()), ticket);
    }

    private static String due(Ticket ticket) {
        return ticket.due().stream()
                .map(due -> due.what() + ": " + due.when())
                .collect(Collectors.joining("; "));
    }
}
