package dev.wharfinger.ledger;

import dev.wharfinger.markdown.Section;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * RAID_LOG.md: a section for each kind, with a table or a list, or one table with a column for the
 * kind. A new entry gets the next free id in the file's own scheme. A missing file is made from its
 * template.
 */
public final class RaidLog {
    private static final List<Role> ROLES =
            List.of(
                    Role.of("id", "id", "#", "no", "nr", "ref", "key"),
                    Role.of("kind", "type", "kind", "category", "raid"),
                    Role.of(
                            "text",
                            "description",
                            "risk",
                            "assumption",
                            "issue",
                            "dependency",
                            "summary",
                            "title",
                            "item",
                            "details",
                            "text",
                            "entry",
                            "what"),
                    Role.of("probability", "probability", "likelihood", "chance"),
                    Role.of("impact", "impact", "severity", "priority"),
                    Role.of(
                            "mitigation",
                            "mitigation",
                            "action",
                            "actions",
                            "response",
                            "plan",
                            "resolution",
                            "validation"),
                    Role.of("owner", "owner", "assignee", "raised", "by", "agent", "persona"),
                    Role.of("status", "status", "state"),
                    Role.of("date", "date", "opened", "created", "logged", "identified", "added"));
    private static final String DEFAULT_STATUS = "Open";

    private RaidLog() {}

    /** An entry as its writer gives it; {@code fields} are further columns by name. */
    public record Entry(
            RaidKind kind,
            String text,
            SequencedMap<String, String> fields,
            String owner,
            Instant at) {
        public Entry {
            fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        }
    }

    /** The file with one more entry; nothing for {@code now} where the file is missing. */
    public static Written add(String file, Optional<byte[]> now, Entry entry)
            throws LedgerUnwritable {
        var text = LedgerText.of(file, now.orElseGet(LedgerFile.RAID_LOG::template));
        text.requireWritable();
        var places = new Places(text);
        var section = places.section(List.of(entry.kind().title(), entry.kind().word()));
        if (section.isPresent()) {
            return inSection(text, places, section.get(), entry);
        }
        var other = places.section(titles());
        var mixed = other.isPresent() ? Optional.<RowTable>empty() : mixed(places);
        if (mixed.isPresent()) {
            return row(text, mixed.get(), entry);
        }
        int level = other.map(Section::level).orElse(2);
        var lines = new ArrayList<String>();
        lines.add("#".repeat(level) + " " + entry.kind().title());
        lines.add("");
        lines.addAll(tableFor(entry.kind()));
        var added = places.atEnd(lines, Optional.empty(), lines.subList(0, 1));
        return add(file, Optional.of(added.bytes()), entry);
    }

    /** One table for all kinds: with a column for the kind, else told apart by the ids. */
    private static Optional<RowTable> mixed(Places places) {
        return places.table(ROLES, one -> one.has("text") && one.has("kind"))
                .or(() -> places.table(ROLES, one -> one.has("text") && one.has("id")));
    }

    private static Written inSection(LedgerText text, Places places, Section section, Entry entry)
            throws LedgerUnwritable {
        var table = places.table(section, ROLES, one -> one.has("text"));
        if (table.isPresent()) {
            return row(text, table.get(), entry);
        }
        var list = places.lastList(section);
        if (list.isPresent()) {
            return item(text, list.get(), entry);
        }
        var added = places.atEnd(section, tableFor(entry.kind()), Optional.empty());
        return add(text.file(), Optional.of(added.bytes()), entry);
    }

    private static Written row(LedgerText text, RowTable table, Entry entry)
            throws LedgerUnwritable {
        var own = new ArrayList<String>();
        var all = new ArrayList<String>();
        for (var row : table.table().rows()) {
            var id = table.cell(row, "id");
            all.add(id);
            if (!table.has("kind") || entry.kind().isNamedBy(table.cell(row, "kind"))) {
                own.add(id);
            }
        }
        var id =
                nextId(
                        text,
                        table.has("kind") ? own : ownIds(entry.kind(), all),
                        all,
                        entry.kind());
        var values = new LinkedHashMap<String, String>();
        values.put("id", id);
        values.put("kind", kindLike(table, entry.kind()));
        values.put("text", entry.text());
        values.put("status", statusLike(table));
        values.put("owner", entry.owner());
        var dates = table.cells("date");
        values.put(
                "date",
                table.has("date")
                        ? Stamp.like(dates.isEmpty() ? "" : dates.getLast(), entry.at())
                        : "");
        entry.fields().forEach((name, value) -> values.put(roleOf(name), value));
        if (!table.has("status")) {
            values.remove("status");
        }
        if (!table.has("kind")) {
            values.remove("kind");
        }
        if (!table.has("id")) {
            values.remove("id");
        }
        var order = Order.of(dates, text.outline(), Order.NEWEST_LAST);
        return table.add(
                values, "text", order, table.has("id") ? Optional.of(id) : Optional.empty());
    }

    private static Written item(LedgerText text, ListRows list, Entry entry)
            throws LedgerUnwritable {
        var model = ItemModel.of(list.raws());
        var id = nextId(text, model.ids(), model.ids(), entry.kind());
        var said = new StringBuilder(entry.text());
        entry.fields()
                .forEach(
                        (name, value) -> said.append("; ").append(name).append(": ").append(value));
        said.append(" (")
                .append(entry.owner())
                .append(", ")
                .append(Stamp.date(entry.at()))
                .append(')');
        var order = Order.of(list.items(), text.outline(), Order.NEWEST_LAST);
        return list.add(model.line(id, SafeText.inner(said.toString())), order, Optional.of(id));
    }

    /** In the scheme of the same kind, else of the whole file with this kind's letter or word. */
    private static String nextId(
            LedgerText text, List<String> own, List<String> all, RaidKind kind) {
        var scheme = Ids.scheme(own).or(() -> Ids.scheme(all).map(found -> forKind(found, kind)));
        return Ids.next(text.text(), all, scheme.orElse(new Ids.Scheme(kind.letter() + "-", 3)));
    }

    private static Ids.Scheme forKind(Ids.Scheme found, RaidKind kind) {
        for (var other : RaidKind.values()) {
            for (var name : List.of(other.word(), other.letter())) {
                int end = name.length();
                boolean same = found.prefix().regionMatches(true, 0, name, 0, end);
                boolean whole =
                        same
                                && (found.prefix().length() == end
                                        || !Character.isLetter(found.prefix().charAt(end)));
                if (whole) {
                    var mine = name.length() == 1 ? kind.letter() : kind.word();
                    boolean upper = found.prefix().equals(found.prefix().toUpperCase(Locale.ROOT));
                    return found.withPrefix(
                            (upper ? mine.toUpperCase(Locale.ROOT) : mine)
                                    + found.prefix().substring(end));
                }
            }
        }
        return found;
    }

    /** In a table without a kind, the ids with this kind's letter; in one of one kind, all. */
    private static List<String> ownIds(RaidKind kind, List<String> all) {
        var prefixes =
                all.stream()
                        .flatMap(id -> Ids.scheme(List.of(id)).stream())
                        .map(Ids.Scheme::prefix)
                        .distinct()
                        .toList();
        if (prefixes.size() <= 1) {
            return prefixes.isEmpty()
                    ? List.of()
                    : sameKind(prefixes.getFirst(), kind) ? all : List.of();
        }
        return all.stream().filter(id -> sameKind(id, kind)).toList();
    }

    private static boolean sameKind(String prefix, RaidKind kind) {
        var scheme = new Ids.Scheme(prefix.replaceAll("[0-9]+$", ""), 1);
        return forKind(scheme, kind).prefix().equals(scheme.prefix());
    }

    private static String kindLike(RowTable table, RaidKind kind) {
        return table.cells("kind").stream()
                .filter(kind::isNamedBy)
                .findFirst()
                .orElseGet(() ->
                        table.cells("kind").stream().allMatch(cell -> cell.length() == 1)
                                        && !table.cells("kind").isEmpty()
                                ? kind.letter()
                                : kind.word());
    }

    /** The file's own spelling of an open entry. */
    private static String statusLike(RowTable table) {
        return table.cells("status").stream()
                .filter(cell -> cell.toLowerCase(Locale.ROOT).contains("open"))
                .findFirst()
                .orElse(DEFAULT_STATUS);
    }

    private static String roleOf(String field) {
        var bare = field.strip().toLowerCase(Locale.ROOT);
        return ROLES.stream()
                .filter(role -> !role.name().equals("text") && !role.name().equals("id"))
                .filter(role -> role.name().equals(bare) || role.headings().contains(bare))
                .map(Role::name)
                .findFirst()
                .orElse(bare);
    }

    private static List<String> titles() {
        return Arrays.stream(RaidKind.values()).map(RaidKind::title).toList();
    }

    private static List<String> tableFor(RaidKind kind) {
        return List.of(
                "| ID | %s | Impact | Mitigation | Owner | Status | Date |".formatted(kind.word()),
                "|----|----|--------|------------|-------|--------|------|");
    }
}
