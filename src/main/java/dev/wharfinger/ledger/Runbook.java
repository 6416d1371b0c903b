package dev.wharfinger.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * DEPLOYMENT_RUNBOOK.md: the table of deployments, wherever the file has it, else a new section for
 * one. A missing file is made from its template.
 */
public final class Runbook {
    private static final String TITLE = "Deployment log";
    private static final List<String> TITLES =
            List.of(
                    TITLE,
                    "deployment history",
                    "deployments",
                    "deploy log",
                    "deploy history",
                    "release history",
                    "releases",
                    "history");
    private static final List<Role> ROLES =
            List.of(
                    Role.of("date", "date", "when", "timestamp", "time", "deployed", "datetime"),
                    Role.of("version", "version", "release", "tag"),
                    Role.of("environment", "environment", "env", "target", "stage"),
                    Role.of("commit", "commit", "sha", "revision"),
                    Role.of("artifact", "artifact", "digest", "image"),
                    Role.of("outcome", "outcome", "result", "status", "state"),
                    Role.of("previous", "previous", "rollback", "from", "replaced"),
                    Role.of("by", "by", "who", "operator", "deployer", "owner", "persona", "agent"),
                    Role.of("notes", "notes", "note", "comment", "comments", "details", "remarks"));
    private static final List<String> NEW_TABLE =
            List.of(
                    "| Date | Version | Environment | Commit | Artifact | Outcome | Previous | By |"
                            + " Notes |",
                    "|------|---------|-------------|--------|----------|---------|----------|----|"
                            + "-------|");

    private Runbook() {}

    /** The file with one more deployment; nothing for {@code now} where the file is missing. */
    public static Written add(String file, Optional<byte[]> now, RunbookRow row)
            throws LedgerUnwritable {
        var text = LedgerText.of(file, now.orElseGet(LedgerFile.RUNBOOK::template));
        text.requireWritable();
        var places = new Places(text);
        var section = places.section(TITLES);
        var table = section.flatMap(one -> places.table(one, ROLES, Runbook::isLog));
        if (table.isEmpty()) {
            table = places.table(ROLES, Runbook::isLog);
        }
        if (table.isPresent()) {
            return row(text, table.get(), row);
        }
        if (section.isPresent()) {
            var list = places.lastList(section.get());
            if (list.isPresent()) {
                return item(text, list.get(), row);
            }
            var added = places.atEnd(section.get(), NEW_TABLE, Optional.empty());
            return add(file, Optional.of(added.bytes()), row);
        }
        var lines = List.of("## " + TITLE, "", NEW_TABLE.get(0), NEW_TABLE.get(1));
        var added = places.atEnd(lines, Optional.empty(), lines.subList(0, 1));
        return add(file, Optional.of(added.bytes()), row);
    }

    /** A table of versions over time; a table of commands or of servers is none. */
    private static boolean isLog(RowTable table) {
        return table.has("date") && (table.has("version") || table.has("environment"));
    }

    private static Written row(LedgerText text, RowTable table, RunbookRow row)
            throws LedgerUnwritable {
        var dates = table.cells("date");
        var values = new LinkedHashMap<String, String>();
        values.put("date", Stamp.like(dates.isEmpty() ? "" : dates.getLast(), row.at()));
        values.put("version", row.version());
        values.put("environment", row.environment());
        values.put("commit", row.commit());
        values.put("artifact", row.artifact());
        values.put("outcome", row.outcome());
        values.put("previous", row.previous());
        values.put("by", row.by());
        values.put("notes", row.notes());
        var catchAll =
                List.of("notes", "outcome", "environment", "version").stream()
                        .filter(table::has)
                        .findFirst()
                        .orElseThrow();
        var order = Order.of(dates, text.outline(), Order.NEWEST_LAST);
        return table.add(values, catchAll, order, Optional.empty());
    }

    private static Written item(LedgerText text, ListRows list, RunbookRow row)
            throws LedgerUnwritable {
        var said =
                "%s %s to %s: %s (commit %s, artifact %s, before: %s, by %s) %s"
                        .formatted(
                                Stamp.minutes(row.at()),
                                row.version(),
                                row.environment(),
                                row.outcome(),
                                row.commit(),
                                row.artifact(),
                                row.previous(),
                                row.by(),
                                row.notes());
        var order = Order.of(list.items(), text.outline(), Order.NEWEST_LAST);
        return list.add(SafeText.inner(said), order, Optional.empty());
    }
}
