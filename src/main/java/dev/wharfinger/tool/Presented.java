package dev.wharfinger.tool;

import dev.wharfinger.call.Turn;
import dev.wharfinger.policy.Writing;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.GateResult;
import dev.wharfinger.proof.GateRunner;
import dev.wharfinger.proof.GateSettings;
import dev.wharfinger.proof.ReportFile;
import dev.wharfinger.proof.Strength;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.Event;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.FileContent;
import dev.wharfinger.workspace.WorkspacePath;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reports that a persona hands in: read strictly, bound to the commit, and no stronger than its
 * word.
 */
final class Presented {
    private static final long LIMIT = 8L << 20;
    private final Project project;
    private final Sources sources;
    private final Writing writing = new Writing();

    Presented(Project project, Sources sources) {
        this.project = project;
        this.sources = sources;
    }

    Verdict<Event.ProofRecorded> record(
            Turn turn,
            GateId gate,
            Optional<GateSettings> declared,
            List<String> files,
            CommitId commit) {
        var reports = new ArrayList<ReportFile>();
        for (String raw : files) {
            switch (report(turn, raw)) {
                case Verdict.Refused<ReportFile>(var no) -> {
                    return Verdict.refused(no);
                }
                case Verdict.Granted<ReportFile>(var file) -> reports.add(file);
            }
        }
        GateSettings settings = declared.orElseGet(() -> undeclared(gate));
        GateResult result = GateRunner.read(settings, reports);
        if (result.outcome() == GateResult.Outcome.UNUSABLE) {
            return Verdict.refused(
                    Refusal.byYou(
                            RuleId.PROOF_UNUSABLE,
                            "These reports show nothing: " + result.why() + ".",
                            "Let the server run the declared command: call record_proof without"
                                    + " `files`.",
                            NextCall.of("record_proof", "gate", gate.value())));
        }
        List<ContentHash> hashes = reports.stream().map(ReportFile::hash).toList();
        var proof =
                new Event.ProofRecorded(
                        gate,
                        sources.digest(commit),
                        commit,
                        Strength.PRESENTED,
                        result.outcome() == GateResult.Outcome.PASS,
                        ProofDesk.good(result),
                        ProofDesk.bad(result, settings),
                        Shown.brief(result.why(), 300),
                        hashes);
        turn.recordDurably(proof);
        return Verdict.granted(proof);
    }

    private Verdict<ReportFile> report(Turn turn, String raw) {
        return WorkspacePath.parse(raw)
                .then(path ->
                        writing.maySee(turn.caller().persona(), turn.shift().sightings(), path))
                .then(path ->
                        project.workspace().read(path, LIMIT).then(found -> present(path, found)));
    }

    private static Verdict<ReportFile> present(WorkspacePath path, Optional<FileContent> found) {
        return found.<Verdict<ReportFile>>map(file ->
                        Verdict.granted(new ReportFile(path.toString(), file.bytes(), file.hash())))
                .orElseGet(() ->
                        Verdict.refused(
                                Refusal.byYou(
                                        RuleId.PROOF_UNUSABLE,
                                        "`" + path + "` is not there.",
                                        "List its folder to see what is.",
                                        NextCall.of(
                                                "list_dir",
                                                "path",
                                                path.parent()
                                                        .orElse(WorkspacePath.ROOT)
                                                        .toString()))));
    }

    private static GateSettings undeclared(GateId gate) {
        return new GateSettings(
                gate,
                Optional.empty(),
                List.of(),
                Strength.OBSERVED,
                Optional.empty(),
                true,
                Optional.empty(),
                List.of(),
                Duration.ofMinutes(10),
                List.of());
    }
}
