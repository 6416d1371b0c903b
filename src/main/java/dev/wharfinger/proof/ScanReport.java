package dev.wharfinger.proof;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/** What a scan says: which tools ran, counts, and the gravest findings in a line each. */
public record ScanReport(List<String> tools, ScanCounts counts, List<Finding> findings) {
    /** How many findings are kept, the gravest first. */
    public static final int FINDINGS = 20;

    /** One finding: the rule that it breaks, where, how grave. */
    public record Finding(Severity severity, String rule, String where) {
        /** As it is shown: {@code high js/sql-injection at src/db.js:12}. */
        public String text() {
            return severity.text() + " " + rule + (where.isEmpty() ? "" : " at " + where);
        }
    }

    public ScanReport {
        tools = List.copyOf(new LinkedHashSet<>(tools).stream().toList());
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort((one, other) -> other.severity().compareTo(one.severity()));
        findings = sorted.stream().limit(FINDINGS).toList();
    }

    /** Whether nothing in it is as grave as that. */
    public boolean passes(Severity block) {
        return counts.atLeast(block) == 0;
    }

    /** Both together. */
    public ScanReport plus(ScanReport other) {
        return new ScanReport(
                Stream.concat(tools.stream(), other.tools.stream()).toList(),
                counts.plus(other.counts),
                Stream.concat(findings.stream(), other.findings.stream()).toList());
    }
}
