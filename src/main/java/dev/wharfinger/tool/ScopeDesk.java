package dev.wharfinger.tool;

import dev.wharfinger.ledger.Charter;
import dev.wharfinger.ledger.CharterItem;
import dev.wharfinger.ledger.RaidKind;
import dev.wharfinger.ledger.ScopeFinding;
import dev.wharfinger.ledger.Written;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.Event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Holds requests against the charter; creep becomes a row in the RAID log, and is journaled. */
final class ScopeDesk {
    private final Project project;
    private final Library library;
    private final LedgerDesk ledger;

    ScopeDesk(Project project, Library library, LedgerDesk ledger) {
        this.project = project;
        this.library = library;
        this.ledger = ledger;
    }

    /** What the charter says: the verdict as clients see it, and the lines that decide. */
    record Finding(String verdict, List<CharterItem> items) {
        /** Each line with its place and what it says. */
        List<String> lines() {
            return items.stream()
                    .map(item -> item.source() + " " + Shown.brief(item.text(), 160))
                    .toList();
        }
    }

    Finding check(String request, Optional<String> item) {
        return library.readable(project.settings().ledger().charter())
                .map(file ->
                        Charter.parse(file.path().toString(), file.bytes()).scope(request, item))
                .map(ScopeDesk::finding)
                .orElse(new Finding("unknown", List.of()));
    }

    private static Finding finding(ScopeFinding found) {
        return new Finding(found.verdict().id(), found.lines());
    }

    /** Journals the finding; creep becomes a risk, whose id is given back. */
    Optional<String> record(Pen pen, String request, Finding finding) {
        Optional<String> raid = Optional.empty();
        if (finding.verdict().equals("scope_creep")) {
            String text =
                    "Scope Creep: "
                            + Shown.brief(request, 200)
                            + " ("
                            + finding.items().getFirst().source()
                            + ")";
            var once = pen.once("scope", text);
            if (ledger.raid(once, RaidKind.RISK, text, new LinkedHashMap<>())
                    instanceof Verdict.Granted<Written>(var row)) {
                raid = row.id();
            }
        }
        pen.record(new Event.ScopeChecked(request, finding.verdict(), raid));
        return raid;
    }
}
