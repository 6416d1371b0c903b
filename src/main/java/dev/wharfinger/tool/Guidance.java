package dev.wharfinger.tool;

import dev.wharfinger.call.Turn;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.policy.Entry;
import dev.wharfinger.policy.Exit;
import dev.wharfinger.policy.Facts;
import dev.wharfinger.policy.GateState;
import dev.wharfinger.policy.Guide;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.ShiftState;
import dev.wharfinger.workspace.CommitId;

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
        Optional<DeployPlan> plan = lastPlan(shift);
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

    private Optional<DeployPlan> lastPlan(ShiftState shift) {
        return shift.plans().sequencedKeySet().reversed().stream()
                .findFirst()
                .flatMap(project.state()::plan)
                .filter(plan -> project.clock().instant().isBefore(plan.expires()));
    }
}
