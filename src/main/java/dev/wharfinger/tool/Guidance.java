package dev.wharfinger.tool;

import dev.wharfinger.call.Turn;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.policy.Entry;
import dev.wharfinger.policy.Exit;
import dev.wharfinger.policy.Facts;
import dev.wharfinger.policy.GateState;
import dev.wharfinger.policy.Guide;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.ShiftState;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.List;
import java.util.Optional;

/** Gathers the facts of a shift, and asks policy what may be called next. */
final class Guidance {
    private final Project project;
    private final Library library;
    private final Sources sources;
    private final Entry entry = new Entry();
    private final Exit exit = new Exit(entry);
    private final Guide guide = new Guide(exit);

    Guidance(Project project, Library library, Sources sources) {
        this.project = project;
        this.library = library;
        this.sources = sources;
    }

    Entry entry() {
        return entry;
    }

    Exit exit() {
        return exit;
    }

    Guide guide() {
        return guide;
    }

    /** The next legal calls of the caller's open shift; nothing without one. */
    Optional<List<NextCall>> next(Turn turn) {
        return turn.maybeShift().map(shift -> guide.next(facts(turn.caller().persona(), shift)));
    }

    /** The facts of a shift when no environment is in question. */
    Facts facts(Persona persona, ShiftState shift) {
        return facts(persona, shift, Optional.empty(), List.of());
    }

    /** The facts of a shift, with the gates of the environment in question. */
    Facts facts(
            Persona persona,
            ShiftState shift,
            Optional<String> environment,
            List<GateState> gates) {
        boolean deploys = persona.deploys();
        Optional<CommitId> head = deploys ? sources.head() : Optional.empty();
        Optional<DeployPlan> plan = planInQuestion(shift);
        return new Facts(
                persona,
                shift,
                library.readings(persona, shift),
                project.rules().get(),
                environment,
                gates,
                head.map(sources::versions).orElse(List.of()),
                List.copyOf(project.settings().environments().sequencedKeySet()),
                plan,
                plan.flatMap(p -> project.state().deploymentOf(p.id())));
    }

    /**
     * The refusal for a file that this shift has read and that is gone. What was read there no
     * longer counts, so the shift is taken up again with what is there now.
     */
    static Refusal vanished(ShiftState shift, WorkspacePath path) {
        return Refusal.byYou(
                RuleId.HALLUCINATION_STALE_READ,
                "`" + path + "` is gone since this shift read it.",
                "Take the shift up again: begin_shift shows what is there now.",
                NextCall.of("begin_shift", "request", shift.beginning().request()));
    }

    /** Whether this persona goes on shifts: all but the auditor do. */
    static boolean goesOnShifts(Persona persona) {
        return !persona.name().value().equals("auditor");
    }

    /** Begin a shift; nobody but the agent knows the user's words. */
    static NextCall begin() {
        return NextCall.of("begin_shift", "request", "(the user's request, word for word)");
    }

    /**
     * What the shift is about: the plan whose deployment has begun and not ended, however old; else
     * the last one that has not expired.
     */
    private Optional<DeployPlan> planInQuestion(ShiftState shift) {
        var plans = shift.plans().sequencedKeySet().reversed();
        return plans.stream()
                .filter(id -> project.state().deploymentOf(id).filter(d -> d.running()).isPresent())
                .findFirst()
                .flatMap(project.state()::plan)
                .or(() ->
                        plans.stream()
                                .findFirst()
                                .flatMap(project.state()::plan)
                                .filter(this::holds));
    }

    private boolean holds(DeployPlan plan) {
        return project.clock().instant().isBefore(plan.expires())
                && project.settings().environment(plan.environment()).isPresent();
    }
}
