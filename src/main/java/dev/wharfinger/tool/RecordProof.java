package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.persona.StatusWord;
import dev.wharfinger.policy.Facts;
import dev.wharfinger.policy.Guide;
import dev.wharfinger.policy.Proving;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.GateSettings;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.Event;
import dev.wharfinger.workspace.CommitId;

import java.util.List;
import java.util.Optional;

/**
 * {@code record_proof}: proves this persona's gate, by the server's own run or by reports handed
 * in.
 */
final class RecordProof implements Tool {
    private final Project project;
    private final Sources sources;
    private final Guidance guidance;
    private final LedgerDesk ledger;
    private final ProofDesk proofs;
    private final Presented presented;
    private final Jobs jobs;
    private final Proving proving = new Proving();

    RecordProof(
            Project project,
            Sources sources,
            Guidance guidance,
            LedgerDesk ledger,
            ProofDesk proofs,
            Presented presented,
            Jobs jobs) {
        this.project = project;
        this.sources = sources;
        this.guidance = guidance;
        this.ledger = ledger;
        this.proofs = proofs;
        this.presented = presented;
        this.jobs = jobs;
    }

    @Override
    public Traits traits() {
        return new Traits("record_proof", Standing.SHIFT, Nature.CHANGES, Pace.WAITS);
    }

    @Override
    public Outcome run(Turn turn) {
        var gate = new GateId(turn.arguments().text("gate"));
        Facts facts = guidance.facts(turn.caller().persona(), turn.shift());
        if (proving.mayProve(facts, gate) instanceof Verdict.Refused<GateId>(var no)) {
            return new Outcome.Refused(no);
        }
        List<Refusal> unread = guidance.entry().missing(facts);
        if (!unread.isEmpty()) {
            return new Outcome.Refused(unread);
        }
        Optional<CommitId> head = sources.head();
        if (head.isEmpty()) {
            return new Outcome.Refused(
                    unusable("The project has no commit to prove.", "Tell the user to make one."));
        }
        List<String> dirty = sources.unlogged();
        if (!dirty.isEmpty()) {
            return new Outcome.Refused(
                    unusable(
                            "The work tree differs from HEAD in "
                                    + String.join(", ", dirty.stream().limit(5).toList())
                                    + ".",
                            "A proof is of a commit: tell the user to commit or discard these."));
        }
        Optional<GateSettings> settings = project.settings().gate(gate);
        var pen = new Pen(project, turn.caller(), turn.shift().id());
        List<String> files = turn.arguments().texts("files");
        if (!files.isEmpty()) {
            return switch (presented.record(turn, gate, settings, files, head.get())) {
                case Verdict.Refused<Event.ProofRecorded>(var no) -> new Outcome.Refused(no);
                case Verdict.Granted<Event.ProofRecorded>(var proof) ->
                        project.alone(() -> done(pen, proof));
            };
        }
        if (settings.filter(GateSettings::applies).flatMap(GateSettings::command).isEmpty()) {
            return new Outcome.Refused(proving.undeclared(gate));
        }
        String job = "prove " + pen.shift() + gate.value() + head.get().sha();
        return jobs.await(
                        turn.signals(),
                        job,
                        Outcome.class,
                        () -> observed(pen, settings.get(), head.get()))
                .orElseGet(() -> running(gate));
    }

    private Outcome observed(Pen pen, GateSettings settings, CommitId commit) {
        return switch (proofs.run(pen::recordDurably, settings, commit)) {
            case ProofDesk.Ran.Unusable(var why, var output) ->
                    new Outcome.Refused(
                            Refusal.by(
                                    Opener.HUMAN,
                                    RuleId.PROOF_UNUSABLE,
                                    "The declared command gave no usable report: "
                                            + why
                                            + (output.isBlank()
                                                    ? ""
                                                    : " Output: " + Shown.brief(output, 300)),
                                    "Tell the user to mend `gates."
                                            + settings.gate().value()
                                            + "`.",
                                    Guide.handoff(
                                            "blocked",
                                            "No usable report: " + Shown.brief(why, 100))));
            case ProofDesk.Ran.Recorded(var proof, var _) -> project.alone(() -> done(pen, proof));
        };
    }

    private static Refusal unusable(String reason, String remedy) {
        return Refusal.by(
                Opener.HUMAN,
                RuleId.PROOF_UNUSABLE,
                reason,
                remedy,
                Guide.handoff("blocked", reason));
    }

    /** The proof is in the journal; PLAN.md's row and the shift's outcome follow from it. */
    private Outcome done(Pen pen, Event.ProofRecorded proof) {
        String outcome = proving.outcome(pen.caller().persona(), proof.passed());
        pen.record(new Event.OutcomeObserved(outcome, proof.summary()));
        Optional<Refusal> row =
                ledger.moveRow(pen, proof.passed() ? StatusWord.DONE : StatusWord.FAILED);
        String command = pen.caller().persona().name().command();
        Reply reply =
                project.reply(
                        (proof.passed() ? "PROVED " : "NOT PROVED ")
                                + proof.gate().value()
                                + " ("
                                + proof.strength().text()
                                + "): "
                                + proof.summary()
                                + " "
                                + command
                                + " is "
                                + (proof.passed() ? "DONE." : "FAILED."));
        reply.put("gate", proof.gate().value())
                .put("verdict", proof.passed() ? "pass" : "fail")
                .put("strength", proof.strength().text())
                .put("passed", proof.good())
                .put("failed", proof.bad())
                .put("source_digest", proof.of().hex())
                .put("commit", proof.commit().sha())
                .put("summary", proof.summary())
                .put("row_set", row.isEmpty());
        row.ifPresent(no -> reply.line("PLAN.md: " + no.reason() + " " + no.remedy()));
        Facts facts = guidance.facts(pen.caller().persona(), pen.state());
        return reply.next(guidance.guide().next(facts)).done();
    }

    private Outcome running(GateId gate) {
        return project.reply(
                        "The declared command is running. Call record_proof again with the same"
                                + " arguments in 5 s.")
                .put("gate", gate.value())
                .put("state", "running")
                .put("poll_after_s", 5)
                .next(
                        List.of(
                                dev.wharfinger.rule.NextCall.of(
                                        "record_proof", "gate", gate.value())))
                .done();
    }
}
