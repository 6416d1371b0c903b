package dev.wharfinger.policy;

import dev.wharfinger.approval.Approvers;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.persona.NamedLine;
import dev.wharfinger.policy.WalkState.GatesAre;
import dev.wharfinger.policy.WalkState.Places;
import dev.wharfinger.policy.WalkState.PlanIs;
import dev.wharfinger.policy.WalkState.RunIs;
import dev.wharfinger.policy.WalkState.Seen;
import dev.wharfinger.policy.WalkState.Sight;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.sighting.Sightings;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What each tool does to the facts, in the order in which the tool itself asks policy. Where the
 * world decides (a deployment ends well or badly), every end is a step.
 */
final class ToolModel {
    private final WalkFacts facts;
    private final Decisions decisions;
    private final Admission admission = new Admission();
    private final Writing writing = new Writing();

    ToolModel(WalkFacts facts, Decisions decisions) {
        this.facts = facts;
        this.decisions = decisions;
    }

    /** What may come of a call. */
    sealed interface Step {
        /** It was done, or failed: where the shift is now, and what is said to be next. */
        record Went(WalkState to, List<NextCall> next) implements Step {}

        /** It was refused; a refusal may still have seen something. */
        record No(WalkState to, List<Refusal> refusals) implements Step {}

        /** The shift has ended. */
        record Ended() implements Step {}
    }

    /** The first call that policy offers. */
    NextCall first(WalkState state) {
        return decisions.next(facts.of(state)).getFirst();
    }

    /** The first call that policy offers where the files stand otherwise than in the state. */
    NextCall first(Facts known, Facts.Readings files) {
        return decisions.next(WalkFacts.reading(known, files)).getFirst();
    }

    /** Every end of this call in this state. */
    List<Step> call(WalkState state, NextCall call) {
        return switch (call.tool()) {
            case "read_plan" -> List.of(seePlan(state));
            case "view_file" -> List.of(view(state, text(call, "path")));
            case "list_dir" ->
                    List.of(
                            went(
                                    state.seeing(
                                            state.plan(),
                                            listed(state.handoff()),
                                            listed(state.skill()))));
            case "begin_shift" ->
                    List.of(
                            went(
                                    state.seeing(
                                            again(state.plan()),
                                            again(state.handoff()),
                                            again(state.skill()))));
            case "shift_status" -> status(state, call.arguments().containsKey("wait_s"));
            case "check_gates" -> List.of(checkGates(state));
            case "plan_deploy" -> plan(state, text(call, "environment"), text(call, "version"));
            case "deploy" -> deploy(state, text(call, "plan"));
            case "record_proof" -> prove(state, new GateId(text(call, "gate")));
            case "record_note" -> List.of(went(state.noted()));
            case "confirm_item" -> List.of(confirm(state, text(call, "item")));
            case "write_handoff" -> List.of(handOver(state, text(call, "outcome")));
            default -> throw new AssertionError("the model knows no tool `" + call.tool() + "`");
        };
    }

    /** What a person does who is told that a deployment was interrupted: starts the server anew. */
    List<WalkState> settled(WalkState state) {
        return ends(state);
    }

    private static String text(NextCall call, String name) {
        return String.valueOf(call.arguments().get(name));
    }

    private Step went(WalkState to) {
        return new Step.Went(to, decisions.next(facts.of(to)));
    }

    private Step no(WalkState state, List<Refusal> refusals) {
        return new Step.No(state, admission.guided(facts.persona(), refusals));
    }

    private Step no(WalkState state, Refusal refusal) {
        return no(state, List.of(refusal));
    }

    private static Sight listed(Sight sight) {
        return sight == Sight.UNSEEN ? Sight.LISTED : sight;
    }

    /** Taken up again, a shift has seen nothing but that the file is there. */
    private static Sight again(Sight sight) {
        return sight == Sight.ABSENT || sight == Sight.GONE ? Sight.ABSENT : Sight.LISTED;
    }

    private Step seePlan(WalkState state) {
        boolean there = state.plan() != Sight.ABSENT && state.plan() != Sight.GONE;
        return there
                ? went(state.seeing(Sight.FRESH, state.handoff(), state.skill()))
                : no(state, vanished(WalkFacts.PLAN));
    }

    private static Refusal vanished(WorkspacePath path) {
        return Refusal.byYou(
                RuleId.HALLUCINATION_STALE_READ,
                "`" + path + "` is gone.",
                "Take the shift up again.",
                NextCall.of("begin_shift", "request", "Ship it"));
    }

    private Step view(WalkState state, String name) {
        WorkspacePath path = WorkspacePath.of(name);
        boolean handoff = path.equals(WalkFacts.HANDOFF);
        Sight sight = handoff ? state.handoff() : state.skill();
        return switch (sight) {
            case UNSEEN ->
                    no(
                            state,
                            switch (writing.maySee(facts.persona(), Sightings.NONE, path)) {
                                case Verdict.Refused<WorkspacePath>(var refusals) -> refusals;
                                case Verdict.Granted<WorkspacePath> _ ->
                                        throw new AssertionError("an unseen path was shown");
                            });
            case ABSENT, GONE -> no(state, vanished(path));
            case LISTED, FRESH, STALE ->
                    went(
                            state.seeing(
                                    state.plan(),
                                    handoff ? Sight.FRESH : state.handoff(),
                                    handoff ? state.skill() : Sight.FRESH));
        };
    }

    /**
     * Waiting ends what runs, and people decide: time is on the side of those who wait, unless
     * nobody carries on.
     */
    private List<Step> status(WalkState state, boolean waits) {
        if (waits && state.run() == RunIs.OTHERS) {
            return List.of(went(state.with(state.planned(), RunIs.NONE)));
        }
        if (waits && state.run() == RunIs.OWN) {
            return ends(state).stream().map(this::went).toList();
        }
        boolean asked = state.places() == Places.PRODUCTION_WAITS && state.planned() != PlanIs.NONE;
        if (waits && asked) {
            return List.of(
                    went(state.with(Places.PRODUCTION_APPROVED)),
                    went(state.with(Places.PRODUCTION_DENIED)));
        }
        return List.of(went(state));
    }

    private Step checkGates(WalkState state) {
        Optional<Refusal> rules = facts.of(state).rules().refusal();
        if (rules.isPresent()) {
            return no(state, rules.get());
        }
        return new Step.Went(state, decisions.next(facts.withGates(state)));
    }

    private List<Step> plan(WalkState state, String environment, String version) {
        Facts now = facts.of(state);
        if (now.rules().refusal().isPresent()) {
            return List.of(no(state, now.rules().refusal().get()));
        }
        boolean production = environment.equals("production");
        boolean open = !state.run().finished() && state.run() != RunIs.NONE;
        var request =
                new Planning.Request(
                        environment,
                        version,
                        production ? Optional.of("staging") : Optional.empty(),
                        state.places().passed(),
                        state.unlogged() ? List.of("app/x") : List.of(),
                        open ? Optional.of(unfinished(state)) : Optional.empty());
        if (decisions.mayAsk(now, request) instanceof Verdict.Refused<Planning.Asked>(var no)) {
            return List.of(no(state, no));
        }
        if (production && !state.places().hasPeople()) {
            return List.of(
                    no(
                            state,
                            decisions
                                    .nobodyDecides(now, environment, Approvers.NONE)
                                    .orElseThrow()));
        }
        WalkState asked = production ? state.with(Places.PRODUCTION_WAITS) : ofStaging(state);
        return switch (state.gates()) {
            case OPEN -> built(asked);
            case YOU -> { // the command of CI runs now
                var steps = new ArrayList<>(built(asked.with(GatesAre.OPEN)));
                steps.add(shut(state.with(GatesAre.PERSONA)));
                steps.add(no(state, unusable().refusal()));
                yield steps;
            }
            case PERSONA, TIME -> List.of(shut(state));
            case HUMAN -> List.of(shut(state.with(Seen.CONFIG_ISSUE)));
        };
    }

    /** A plan for staging is nobody's to decide. */
    private static WalkState ofStaging(WalkState state) {
        return state.places().hasPeople() ? state.with(Places.PRODUCTION_ASKED_PASSED) : state;
    }

    private GateState unusable() {
        return new Gates(facts.persona())
                .declared(GateId.CI, true, "", true, Optional.of("no report"), Optional.empty());
    }

    private Step shut(WalkState state) {
        return switch (decisions.mayPass(facts.gatesOf(state))) {
            case Verdict.Refused<List<GateState>>(var no) -> no(state, no);
            case Verdict.Granted<List<GateState>> _ ->
                    throw new AssertionError("a shut gate lets pass");
        };
    }

    private List<Step> built(WalkState state) {
        WalkState broken = state.with(Seen.BUILD_BROKEN);
        return List.of(
                new Step.Went(
                        state.with(PlanIs.LIVE, RunIs.NONE),
                        List.of(NextCall.of("deploy", "plan", facts.plan(state).id().value()))),
                new Step.Went(
                        broken,
                        List.of(Guide.handoff(Seen.BUILD_BROKEN.slug(), "The build failed."))));
    }

    private Unfinished unfinished(WalkState state) {
        boolean carriedOn = state.run() == RunIs.OWN || state.run() == RunIs.OTHERS;
        return new Unfinished(facts.deployment(state), carriedOn);
    }

    private List<Step> deploy(WalkState state, String plan) {
        Facts now = facts.of(state);
        boolean known =
                state.planned() != PlanIs.NONE && plan.equals(facts.plan(state).id().value());
        if (!known) {
            return List.of(no(state, decisions.noPlan(now, plan)));
        }
        if (state.run().finished()) {
            return List.of(went(state));
        }
        if (state.run() == RunIs.OWN) {
            return ends(state).stream().map(this::went).toList();
        }
        if (state.run() == RunIs.NONE && state.places() == Places.NONE) {
            return List.of(no(state, decisions.unknownEnvironment(now, "staging")));
        }
        if (state.run() != RunIs.NONE) {
            return List.of(no(state, decisions.inProgress(now, unfinished(state))));
        }
        var world =
                new Deploying.Now(
                        WalkFacts.NOW,
                        "digest",
                        Optional.empty(),
                        facts.gatesOf(state),
                        state.planned() != PlanIs.DRIFTED,
                        true,
                        facts.standing(state));
        return switch (decisions.mayDeploy(now, facts.plan(state), world)) {
            case Verdict.Refused<DeployGrant>(var no) when Deploying.isWaiting(no) ->
                    List.of(waiting(state));
            case Verdict.Refused<DeployGrant>(var no) -> List.of(no(state, no));
            case Verdict.Granted<DeployGrant> _ -> ends(state).stream().map(this::went).toList();
        };
    }

    /** People have not decided yet: the tool says that it waits for them. */
    private static Step waiting(WalkState state) {
        return new Step.Went(state, List.of(NextCall.of("shift_status").with("wait_s", 50)));
    }

    /** What ran to its end in staging has passed there: production may be asked for it. */
    private static WalkState passed(WalkState state) {
        return state.places() == Places.PRODUCTION_ASKED
                ? state.with(Places.PRODUCTION_ASKED_PASSED)
                : state;
    }

    /** Every way in which a deployment ends. */
    private static List<WalkState> ends(WalkState state) {
        Seen shipped = state.places().hasPeople() ? Seen.SHIPPED_PRODUCTION : Seen.SHIPPED_STAGING;
        return List.of(
                passed(state).with(state.planned(), RunIs.DONE).with(shipped),
                state.with(state.planned(), RunIs.ROLLED_BACK).with(Seen.ROLLBACK_ACTIVE),
                state.with(state.planned(), RunIs.ROLLED_BACK).with(Seen.CONFIG_ISSUE),
                state.with(state.planned(), RunIs.ROLLED_BACK).with(Seen.BUILD_BROKEN),
                state.with(state.planned(), RunIs.FAILED).with(Seen.INFRA_FAILURE),
                state.with(state.planned(), RunIs.UNRESOLVED).with(Seen.INFRA_FAILURE));
    }

    /** For a persona that proves, the gates tell how its own command is: good, dumb, not there. */
    private List<Step> prove(WalkState state, GateId gate) {
        Facts now = facts.of(state);
        if (decisions.mayProve(now, gate) instanceof Verdict.Refused<GateId>(var no)) {
            return List.of(no(state, no));
        }
        List<Refusal> unread = decisions.missing(now);
        if (!unread.isEmpty()) {
            return List.of(no(state, unread));
        }
        if (state.unlogged() || state.gates() == GatesAre.YOU) {
            return List.of(no(state, unusableReport()));
        }
        if (state.gates() == GatesAre.HUMAN) {
            return List.of(no(state, new Proving().undeclared(gate)));
        }
        return List.of(went(state.with(Seen.PASSED)), went(state.with(Seen.FAILED)));
    }

    private static Refusal unusableReport() {
        return Refusal.by(
                Opener.HUMAN,
                RuleId.PROOF_UNUSABLE,
                "No usable report.",
                "Tell the user to mend it.",
                Guide.handoff(Exit.BLOCKED, "No usable report."));
    }

    private Step confirm(WalkState state, String item) {
        boolean stated =
                NamedLine.of(facts.persona()).stream()
                        .anyMatch(line -> line.name().equals(item) && line.stated());
        return stated
                ? went(state.said())
                : no(
                        state,
                        Refusal.byYou(
                                RuleId.ARGUMENT_INVALID,
                                "`" + item + "` is checked by the server.",
                                "Go on.",
                                first(state)));
    }

    private Step handOver(WalkState state, String outcome) {
        return switch (decisions.mayEnd(facts.withGates(state), outcome)) {
            case Verdict.Refused<Exit.Ending>(var no) -> no(state, no);
            case Verdict.Granted<Exit.Ending> _ -> new Step.Ended();
        };
    }
}
