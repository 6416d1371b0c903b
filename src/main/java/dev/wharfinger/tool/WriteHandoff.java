package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.ledger.SessionEvent;
import dev.wharfinger.persona.ItemKind;
import dev.wharfinger.persona.Phase;
import dev.wharfinger.persona.PhaseKind;
import dev.wharfinger.policy.Exit;
import dev.wharfinger.policy.Facts;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftState;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code write_handoff}: ends the shift with what was observed, writes the briefing, and names who
 * is next. Claims that no event of this shift stands behind are stored as UNVERIFIED.
 */
final class WriteHandoff implements Tool {
    private final Project project;
    private final LedgerDesk ledger;
    private final Guidance guidance;
    private final GateDesk gates;
    private final Claims claims;
    private final TextCheck check;
    private final Integrity integrity;
    private final MonitoringDesk monitoring;

    WriteHandoff(
            Project project,
            LedgerDesk ledger,
            Guidance guidance,
            GateDesk gates,
            Claims claims,
            TextCheck check,
            Integrity integrity,
            MonitoringDesk monitoring) {
        this.project = project;
        this.ledger = ledger;
        this.guidance = guidance;
        this.gates = gates;
        this.claims = claims;
        this.check = check;
        this.integrity = integrity;
        this.monitoring = monitoring;
    }

    @Override
    public Traits traits() {
        return new Traits("write_handoff", Standing.SHIFT, Nature.CHANGES, Pace.WAITS);
    }

    @Override
    public Outcome run(Turn turn) {
        ShiftState shift = turn.shift();
        String outcome = turn.arguments().text("outcome");
        List<Refusal> unsaid = words(turn);
        if (!unsaid.isEmpty()) {
            return new Outcome.Refused(unsaid);
        }
        Facts facts = guidance.facts(turn.caller().persona(), shift);
        if (guidance.exit().mayEnd(facts, outcome)
                instanceof Verdict.Refused<Exit.Ending>(var refused)) {
            return new Outcome.Refused(refused); // before a command runs for nothing
        }
        Optional<Refusal> broken = Exit.isSuccess(outcome) ? integrity(turn) : Optional.empty();
        Optional<Refusal> no = broken.or(() -> unwatched(turn, outcome));
        if (no.isPresent()) {
            return new Outcome.Refused(no.get());
        }
        return project.alone(() -> end(turn, shift, outcome));
    }

    /**
     * Every path that the handoff names must have been seen, and every version in it must be real.
     */
    private List<Refusal> words(Turn turn) {
        var refusals = new ArrayList<Refusal>();
        refusals.addAll(check.paths(turn, turn.arguments().texts("files")));
        refusals.addAll(check.words(turn, text(turn)));
        return refusals;
    }

    private static String text(Turn turn) {
        var arguments = turn.arguments();
        var all = new ArrayList<String>();
        all.add(arguments.text("summary"));
        for (String list : List.of("completed", "in_progress", "blockers", "context")) {
            all.addAll(arguments.texts(list));
        }
        return String.join("\n", all);
    }

    private Optional<Refusal> integrity(Turn turn) {
        boolean asked = turn.caller().persona().exitItem(ItemKind.INTEGRITY).isPresent();
        return asked
                ? integrity
                        .problem()
                        .map(problem ->
                                Refusal.by(
                                        Opener.HUMAN,
                                        RuleId.EXIT_INCOMPLETE,
                                        "The integrity check fails: " + problem,
                                        "Tell the user; when it is mended, hand over again."))
                : Optional.empty();
    }

    /** What went to production is watched: the server looks itself, and writes down what it saw. */
    private Optional<Refusal> unwatched(Turn turn, String outcome) {
        boolean asked = outcome.equals("shipped-production");
        Optional<Phase> phase =
                turn.caller()
                        .persona()
                        .phase(PhaseKind.MONITORING)
                        .filter(p -> !turn.shift().phases().containsKey(p.number()));
        if (!asked) {
            return Optional.empty();
        }
        MonitoringDesk.Seen seen = monitoring.look();
        if (!seen.passed()) {
            return Optional.of(
                    Refusal.by(
                            Opener.HUMAN,
                            RuleId.EXIT_INCOMPLETE,
                            "Production is not watched: " + seen.what(),
                            "Tell the user; when the monitoring answers, hand over again."));
        }
        phase.ifPresent(p -> write(new Pen(project, turn.caller(), turn.shift().id()), p));
        return Optional.empty();
    }

    private void write(Pen pen, Phase phase) {
        project.alone(() -> {
            ledger.session(
                    pen.once("phase " + phase.number()),
                    SessionEvent.PHASE,
                    phase.number() + " " + phase.name(),
                    Optional.of(phase.output()));
            return pen.record(new Event.PhaseDone(phase.number(), phase.output()));
        });
    }

    private Outcome end(Turn turn, ShiftState shift, String outcome) {
        if (!project.state().shift(shift.id()).orElseThrow().open()) {
            return new Outcome.Refused(
                    Refusal.byYou(
                            RuleId.SHIFT_ENDED,
                            "The shift has just ended.",
                            "Begin a new one.",
                            Guidance.begin()));
        }
        Facts facts = gates.withGates(guidance.facts(turn.caller().persona(), turn.shift()));
        return switch (guidance.exit().mayEnd(facts, outcome)) {
            case Verdict.Refused<Exit.Ending>(var no) -> new Outcome.Refused(no);
            case Verdict.Granted<Exit.Ending>(var ending) ->
                    ledger.cannotWrite(turn.caller().persona())
                            .<Outcome>map(Outcome.Refused::new)
                            .orElseGet(() -> handOver(turn, facts, ending));
        };
    }

    private Outcome handOver(Turn turn, Facts facts, Exit.Ending ending) {
        var pen = new Pen(project, turn.caller(), facts.shift().id());
        List<String> unverified = claims.unverified(facts.shift(), project.state(), text(turn));
        var briefing = pen.once("briefing", ending.outcome(), ending.next(), text(turn));
        ledger.briefing(briefing, ending, turn.arguments(), longTerm(facts), unverified);
        ledger.moveRow(pen, ending.row());
        phase(pen, facts);
        String how = ending.outcome() + " → " + ending.next();
        ledger.session(pen.once("end", how), SessionEvent.END, how, Optional.empty());
        List<Exit.Item> items = guidance.exit().items(facts, ending.outcome());
        turn.record(new Event.ShiftEnded(ending.outcome(), ending.next(), unverified));
        String command =
                ending.command()
                        .orElse(
                                ending.next().equals("human")
                                        ? "a human decides"
                                        : "Run " + ending.next());
        Reply reply =
                project.reply(
                        "Shift ended as `"
                                + ending.outcome()
                                + "`. Next: "
                                + ending.next()
                                + " ("
                                + command
                                + ").");
        reply.put("outcome", ending.outcome())
                .put("next_persona", ending.next())
                .put("command", command)
                .put("row", turn.caller().persona().statusText(ending.row()));
        var exit = reply.list("exit");
        for (Exit.Item item : items) {
            boolean applies = item.state() != Exit.State.NOT_APPLICABLE;
            exit.addObject()
                    .put("id", item.id())
                    .put("state", applies ? "done" : "not applicable")
                    .put("how", item.how());
            reply.line((applies ? "[x] " : "[-] ") + item.id() + " " + item.how());
        }
        reply.put("unverified", unverified);
        unverified.forEach(claim -> reply.line("UNVERIFIED: " + claim));
        return reply.done();
    }

    /** What the rollback protocol leaves to the retrospective, said to whoever comes next. */
    private static List<String> longTerm(Facts facts) {
        return facts.shift().observed().containsKey("rollback-active")
                ? List.of(
                        "For /retro: a regression test for what was rolled back",
                        "For /retro: the change of the checklist that would have caught it",
                        "For /retro: what happened, documented; the bug ticket is in the plan")
                : List.of();
    }

    private void phase(Pen pen, Facts facts) {
        facts.persona()
                .phase(PhaseKind.DOCUMENTATION)
                .filter(_ -> facts.shift().deployed())
                .ifPresent(phase -> write(pen, phase));
    }
}
