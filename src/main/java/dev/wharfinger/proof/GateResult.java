package dev.wharfinger.proof;

import dev.wharfinger.workspace.SourceDigest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of one attempt to prove a gate. {@code UNUSABLE} is neither yes nor no: the attempt
 * shows nothing, and the gate stays as it was.
 *
 * @param why one line: the counts, or what is wrong
 * @param findings names of failed tests or gravest findings, one a line, at most 20
 * @param output the command's last output, redacted; empty where none ran
 */
public record GateResult(
        GateId gate,
        Outcome outcome,
        Optional<TestCounts> tests,
        Optional<ScanCounts> scan,
        String why,
        List<String> findings,
        String output,
        List<ReportFile> reports,
        Duration took) {
    /** Yes, no, or nothing shown. */
    public enum Outcome {
        PASS,
        FAIL,
        UNUSABLE
    }

    public GateResult {
        findings = List.copyOf(findings);
        reports = List.copyOf(reports);
    }

    /** The same as a proof; nothing where the attempt shows nothing. */
    public Optional<GateProof> proof(SourceDigest of, Strength strength, Severity block) {
        if (outcome == Outcome.UNUSABLE) {
            return Optional.empty();
        }
        boolean passed = outcome == Outcome.PASS;
        int good = tests.map(TestCounts::passed).orElse(0);
        int bad =
                tests.map(counts -> counts.failed() + counts.errors()).orElse(0)
                        + scan.map(counts -> counts.atLeast(block)).orElse(0);
        return Optional.of(new GateProof(gate, of, strength, passed, good, bad, why));
    }
}
