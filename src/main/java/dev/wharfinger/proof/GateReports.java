package dev.wharfinger.proof;

import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.Verdict.Granted;
import dev.wharfinger.rule.Verdict.Refused;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Several reports of one gate, read together: what they say, or why they say nothing. */
record GateReports(Optional<TestReport> tests, Optional<ScanReport> scan, List<Refusal> refusals) {
    GateReports {
        refusals = List.copyOf(refusals);
    }

    /**
     * Reads each by what it is: XML is a test report, JSON a scan. One that is unusable voids all.
     */
    static GateReports read(GateId gate, List<ReportFile> reports) {
        Optional<TestReport> tests = Optional.empty();
        Optional<ScanReport> scan = Optional.empty();
        List<Refusal> refusals = new ArrayList<>();
        for (ReportFile report : reports) {
            if (firstCharacter(report.bytes()) == '<') {
                switch (JUnitXml.readPart(report.name(), report.bytes())) {
                    case Granted<TestReport>(var more) ->
                            tests = Optional.of(tests.map(old -> old.plus(more)).orElse(more));
                    case Refused<TestReport>(var why) -> refusals.addAll(why);
                }
            } else {
                switch (Sarif.read(report.name(), report.bytes())) {
                    case Granted<ScanReport>(var more) ->
                            scan = Optional.of(scan.map(old -> old.plus(more)).orElse(more));
                    case Refused<ScanReport>(var why) -> refusals.addAll(why);
                }
            }
        }
        unfit(gate, tests, scan).ifPresent(refusals::add);
        return new GateReports(tests, scan, refusals);
    }

    /** Whether what they say is a yes. */
    boolean pass(Severity block) {
        return refusals.isEmpty()
                && (tests.isPresent() || scan.isPresent())
                && tests.map(report -> report.counts().isPass()).orElse(true)
                && scan.map(report -> report.passes(block)).orElse(true);
    }

    /** The counts in a line. */
    String text() {
        List<String> texts = new ArrayList<>();
        tests.ifPresent(report -> texts.add("tests: " + report.counts().text()));
        scan.ifPresent(report ->
                texts.add(
                        "scan by "
                                + String.join(", ", report.tools())
                                + ": "
                                + report.counts().text()));
        return String.join("; ", texts);
    }

    List<String> findings() {
        List<String> found = new ArrayList<>();
        tests.ifPresent(report -> found.addAll(report.failures()));
        scan.ifPresent(report ->
                report.findings().stream().map(ScanReport.Finding::text).forEach(found::add));
        return found.stream().limit(TestReport.NAMES).toList();
    }

    private static Optional<Refusal> unfit(
            GateId gate, Optional<TestReport> tests, Optional<ScanReport> scan) {
        String all = gate + "'s reports";
        if (gate.equals(GateId.TEST) && scan.isPresent()) {
            return Optional.of(Unusable.refusal(all, "a scan is no test report", 0));
        }
        if (gate.equals(GateId.SECURITY) && tests.isPresent()) {
            return Optional.of(Unusable.refusal(all, "a test report is no scan", 0));
        }
        boolean empty = tests.map(report -> report.counts().total() == 0).orElse(false);
        return empty
                ? Optional.of(Unusable.refusal(all, "they hold no test case", 0))
                : Optional.empty();
    }

    private static int firstCharacter(byte[] bytes) {
        int at = bytes.length > 2 && (bytes[0] & 0xff) == 0xef ? 3 : 0;
        while (at < bytes.length && bytes[at] <= ' ' && bytes[at] >= 0) {
            at++;
        }
        return at < bytes.length ? bytes[at] : -1;
    }
}
