package dev.wharfinger.policy;

import dev.wharfinger.persona.ItemKind;
import dev.wharfinger.persona.NamedLine;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.Strength;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Deployment;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.PlanId;
import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.shift.ShiftState;
import dev.wharfinger.shift.Stamped;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.SourceDigest;
import dev.wharfinger.workspace.WorkspacePath;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes the facts of a state: the shift folded by the real fold, the gates by the real gates. */
final class WalkFacts {
    static final WorkspacePath PLAN = WorkspacePath.of("PLAN.md");
    static final WorkspacePath HANDOFF = WorkspacePath.of("HANDOFF_NOTES.md");
    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final ShiftId OWN = new ShiftId("s_aaaaaaaaaaaaaaaaaaaaaaaaaa");
    private static final ShiftId OTHER = new ShiftId("s_bbbbbbbbbbbbbbbbbbbbbbbbbb");
    private static final PlanId PLAN_ID = new PlanId("p_aaaaaaaaaaaaaaaaaaaaaaaaaa");
    private static final CommitId COMMIT = new CommitId("a".repeat(40));
    private static final Principal ANNA = Principal.local("anna");
    private final Persona persona;
    private final Map<List<Object>, ShiftState> shifts = new HashMap<>();
    private final Map<List<Object>, Deployment> deployments = new HashMap<>();
    private final Map<WalkState.GatesAre, List<GateState>> gates = new HashMap<>();
    private final Map<List<Object>, DeployPlan> plans = new HashMap<>();

    WalkFacts(Persona persona) {
        this.persona = persona;
        for (WalkState.GatesAre one : WalkState.GatesAre.values()) {
            gates.put(one, gates(one));
        }
    }

    Persona persona() {
        return persona;
    }

    /** The facts as tools gather them when no environment is in question. */
    Facts of(WalkState state) {
        return facts(state, Optional.empty(), List.of());
    }

    /** The facts with the gates of the environment that the shift is about, as a handoff asks. */
    Facts withGates(WalkState state) {
        Facts bare = of(state);
        return !bare.deploys() || bare.environments().isEmpty() || bare.shift().deployed()
                ? bare
                : facts(state, Optional.of(environment(state)), gatesOf(state));
    }

    private Facts facts(
            WalkState state, Optional<String> environment, List<GateState> environmentGates) {
        Optional<DeployPlan> plan = planInQuestion(state);
        return new Facts(
                persona,
                shift(state),
                readings(state),
                rules(state),
                environment,
                environmentGates,
                persona.name().value().equals("deploy") && state.versions()
                        ? List.of("1.0.0")
                        : List.of(),
                environments(state),
                plan,
                plan.isPresent() && state.run().own()
                        ? Optional.of(deployment(state))
                        : Optional.empty());
    }

    /** The same facts, the files standing otherwise. */
    static Facts reading(Facts known, Facts.Readings files) {
        return new Facts(
                known.persona(),
                known.shift(),
                files,
                known.rules(),
                known.environment(),
                known.gates(),
                known.versions(),
                known.environments(),
                known.plan(),
                known.deployment());
    }

    Facts.Readings readings(WalkState state) {
        var skill = persona.skill().map(link -> link.path());
        return new Facts.Readings(
                PLAN,
                state.plan().reading(),
                HANDOFF,
                state.handoff().reading(),
                skill,
                state.skill().reading());
    }

    private Optional<DeployPlan> planInQuestion(WalkState state) {
        boolean open =
                state.run() == WalkState.RunIs.OWN || state.run() == WalkState.RunIs.INTERRUPTED;
        boolean holds =
                state.planned() == WalkState.PlanIs.LIVE
                        || state.planned() == WalkState.PlanIs.DRIFTED;
        boolean declared = state.places() != WalkState.Places.NONE;
        return open || (holds && declared) ? Optional.of(plan(state)) : Optional.empty();
    }

    DeployPlan plan(WalkState state) {
        boolean expired = state.planned() == WalkState.PlanIs.EXPIRED;
        String environment = planned(state);
        return plans.computeIfAbsent(
                List.of(environment, expired),
                _ ->
                        plan(
                                environment,
                                expired
                                        ? NOW.minus(Duration.ofHours(1))
                                        : NOW.plus(Duration.ofHours(1))));
    }

    /** Where people are there who decide, the plan in question is the one that they decide. */
    private static String planned(WalkState state) {
        return state.places().hasPeople() ? "production" : "staging";
    }

    Deployment deployment(WalkState state) {
        String environment = planned(state);
        return deployments.computeIfAbsent(
                List.of(state.run(), environment), _ -> deployment(state.run(), environment));
    }

    /** What people said to the plan in question. */
    Standing standing(WalkState state) {
        return switch (state.places()) {
            case PRODUCTION_WAITS -> new Standing.Waiting(0, 1, List.of());
            case PRODUCTION_DENIED -> new Standing.No("anna", "not on a Friday");
            default -> agreed(plan(state));
        };
    }

    List<GateState> gatesOf(WalkState state) {
        return Objects.requireNonNull(gates.get(state.gates()));
    }

    static List<String> environments(WalkState state) {
        return switch (state.places()) {
            case NONE -> List.of();
            case STAGING -> List.of("staging");
            default -> List.of("staging", "production");
        };
    }

    static String environment(WalkState state) {
        return state.places().asksProduction() ? "production" : "staging";
    }

    private static Rules rules(WalkState state) {
        return switch (state.rules()) {
            case ACCEPTED -> new Rules.Accepted("digest");
            case MISSING -> new Rules.Missing();
            case CHANGED -> new Rules.Changed("digest", List.of("wharf.yaml"));
        };
    }

    private ShiftState shift(WalkState state) {
        List<Object> key =
                List.of(
                        state.seen(),
                        state.notes(),
                        state.stated(),
                        state.places().asksProduction(),
                        planned(state),
                        state.planned() == WalkState.PlanIs.NONE);
        return shifts.computeIfAbsent(key, _ -> folded(state));
    }

    private ShiftState folded(WalkState state) {
        var project = new ProjectState();
        boolean production = state.places().asksProduction();
        apply(
                project,
                OWN,
                new Event.ShiftBegun(
                        "Ship it",
                        Optional.empty(),
                        production ? Optional.of("production") : Optional.empty(),
                        false,
                        "unknown",
                        List.of(),
                        "advisory"));
        if (state.planned() != WalkState.PlanIs.NONE) {
            apply(project, OWN, new Event.PlanMade(plan(state)));
        }
        if (state.seen() != WalkState.Seen.NOTHING) {
            apply(project, OWN, new Event.OutcomeObserved(state.seen().slug(), "seen"));
        }
        if (state.notes() != WalkState.Notes.OPEN) {
            boolean none = state.notes() == WalkState.Notes.NONE;
            Optional<String> id = none ? Optional.empty() : Optional.of("R-1");
            apply(project, OWN, new Event.NoteRecorded("risk", id, none));
            apply(project, OWN, new Event.NoteRecorded("memory", id, none));
        }
        if (state.stated()) {
            NamedLine.of(persona).stream()
                    .filter(NamedLine::stated)
                    .forEach(
                            line -> apply(project, OWN, new Event.ItemStated(line.name(), "done")));
        }
        return project.shift(OWN).orElseThrow();
    }

    private void apply(ProjectState project, ShiftId shift, Event event) {
        long index = project.size();
        project.apply(
                new Stamped(
                        index, NOW, ANNA, Optional.of(persona.name()), Optional.of(shift), event),
                "line");
    }

    private Deployment deployment(WalkState.RunIs run, String environment) {
        var project = new ProjectState();
        apply(
                project,
                run.own() ? OWN : OTHER,
                new Event.DeployStarted("d_1", PLAN_ID, environment, 1, List.of()));
        if (run.finished()) {
            apply(
                    project,
                    OWN,
                    new Event.DeployFinished(
                            "d_1",
                            PLAN_ID,
                            environment,
                            run.name().toLowerCase(java.util.Locale.ROOT),
                            "ended",
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            Optional.empty(),
                            List.of()));
        }
        return project.deploymentOf(PLAN_ID).orElseThrow();
    }

    private List<GateState> gates(WalkState.GatesAre are) {
        var real = new Gates(persona);
        GateState open = real.secrets(List.of());
        return switch (are) {
            case OPEN -> List.of(open);
            case YOU ->
                    List.of(
                            open,
                            real.declared(
                                    GateId.CI, true, "", true, Optional.empty(), Optional.empty()));
            case PERSONA -> List.of(unproved(), open);
            case HUMAN -> List.of(open, real.variables(List.of("URL"), List.of("URL")));
            case TIME ->
                    List.of(
                            open,
                            GateState.shut(
                                    new GateId("freeze"),
                                    "Freeze",
                                    "-",
                                    "-",
                                    "frozen until Monday",
                                    RuleId.DEPLOY_FROZEN,
                                    Opener.TIME,
                                    "Wait until Monday.",
                                    Optional.empty()));
        };
    }

    private GateState unproved() {
        return new ProvedGate(
                        GateId.TEST,
                        true,
                        "",
                        true,
                        Strength.OBSERVED,
                        ProvedGate.Claim.NONE,
                        Optional.empty(),
                        Optional.empty())
                .judge(persona, OWN);
    }

    private static DeployPlan plan(String environment, Instant expires) {
        return new DeployPlan(
                        PLAN_ID,
                        "0".repeat(64),
                        environment,
                        "1.0.0",
                        COMMIT,
                        new SourceDigest("1".repeat(64)),
                        "2".repeat(64),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        "digest",
                        false,
                        expires)
                .sealed();
    }

    /** Whether this persona's checklists hold a line that nothing checks. */
    static boolean hasStatedLines(Persona persona) {
        return persona.exit().stream().anyMatch(item -> item.kind() == ItemKind.STATED)
                || persona.entry().stream().anyMatch(item -> item.kind() == ItemKind.STATED);
    }

    /** How a plan stands that nobody is asked about, or that all have said yes to. */
    static Standing agreed(DeployPlan plan) {
        return new Standing.Yes(
                new DecidedGrant(Subject.of("shop", plan), List.of(), List.of(), false));
    }
}
