package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.persona.PhaseKind;
import dev.wharfinger.policy.Facts;
import dev.wharfinger.policy.GateState;
import dev.wharfinger.policy.Planning;
import dev.wharfinger.policy.Rules;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ReleaseRecord;
import dev.wharfinger.shift.ShiftState;
import dev.wharfinger.workspace.CommitId;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code plan_deploy}: fixes what would be shipped, on what it rests, and what it would return to.
 */
final class PlanDeploy implements Tool {
    private final Project project;
    private final Sources sources;
    private final Guidance guidance;
    private final GateDesk gates;
    private final ProofDesk proofs;
    private final BuildDesk builds;
    private final DeployDesk deploys;
    private final Jobs jobs;
    private final Decisions decisions;
    private final ScopeLeave scope;
    private final Planning planning;

    PlanDeploy(
            Project project,
            Sources sources,
            Guidance guidance,
            GateDesk gates,
            ProofDesk proofs,
            BuildDesk builds,
            DeployDesk deploys,
            Decisions decisions,
            Jobs jobs) {
        this.project = project;
        this.sources = sources;
        this.guidance = guidance;
        this.gates = gates;
        this.proofs = proofs;
        this.builds = builds;
        this.deploys = deploys;
        this.decisions = decisions;
        this.scope = new ScopeLeave(project, guidance, decisions);
        this.jobs = jobs;
        this.planning = new Planning(guidance.entry());
    }

    @Override
    public Traits traits() {
        return new Traits("plan_deploy", Standing.SHIFT, Nature.CHANGES, Pace.WAITS);
    }

    @Override
    public Outcome run(Turn turn) {
        String environment = turn.arguments().text("environment");
        String version = bare(turn.arguments().text("version"));
        ShiftState shift = turn.shift();
        Facts facts =
                guidance.facts(turn.caller().persona(), shift, Optional.of(environment), List.of());
        if (facts.rules().refusal().isPresent()) {
            return new Outcome.Refused(facts.rules().refusal().get());
        }
        Optional<CommitId> commit =
                turn.arguments()
                        .maybeText("commit")
                        .map(sources.git()::resolve)
                        .orElseGet(sources::head);
        if (commit.isEmpty()) {
            return new Outcome.Refused(noCommit(turn));
        }
        Facts ofCommit = facts.withVersions(sources.versions(commit.get()));
        Verdict<Planning.Asked> may = planning.mayAsk(ofCommit, request(environment, version));
        if (may instanceof Verdict.Refused<Planning.Asked>(var refused)) {
            return new Outcome.Refused(refused);
        }
        boolean hotfix = turn.arguments().flag("hotfix");
        Optional<Refusal> nobody =
                planning.nobodyDecides(
                        ofCommit,
                        environment,
                        project.settings().people(environment, hotfix),
                        project.approvers().get());
        Optional<Refusal> no =
                nobody.map(none -> lowers(hotfix, environment) ? Planning.ofHotfix(none) : none)
                        .or(gates::overdue)
                        .or(() -> scope.refusal(turn, environment));
        if (no.isPresent()) {
            return new Outcome.Refused(no.get());
        }
        var pen = new Pen(project, turn.caller(), shift.id());
        String job = "plan " + shift.id() + environment + version + commit.get().sha() + hotfix;
        Supplier<Outcome> work = () -> plan(pen, environment, version, commit.get(), hotfix);
        return jobs.await(turn.signals(), job, Outcome.class, work).orElseGet(() -> working(turn));
    }

    /** A hotfix is for an environment after another one; elsewhere the word changes nothing. */
    private boolean lowers(boolean hotfix, String environment) {
        return hotfix
                && project.settings()
                        .environment(environment)
                        .flatMap(EnvironmentSettings::after)
                        .isPresent();
    }

    private static String bare(String version) {
        return version.matches("v\\d.*") ? version.substring(1) : version;
    }

    private Planning.Request request(String environment, String version) {
        Optional<String> before =
                project.settings()
                        .environment(environment)
                        .flatMap(EnvironmentSettings::after)
                        .map(name -> name.value());
        boolean ran =
                before.flatMap(project.state()::runs)
                                .filter(release -> release.version().equals(version))
                                .isPresent()
                        && before.flatMap(project.state()::smoke)
                                .filter(Event.SmokeRan::passed)
                                .isPresent();
        return new Planning.Request(
                environment,
                version,
                before,
                ran,
                sources.unlogged(),
                deploys.unfinished(environment, jobs));
    }

    private Refusal noCommit(Turn turn) {
        return turn.arguments()
                .maybeText("commit")
                .map(name ->
                        Refusal.byYou(
                                RuleId.HALLUCINATION_UNKNOWN_VERSION,
                                "There is no commit `" + name + "`.",
                                "Leave `commit` out: HEAD is taken.",
                                NextCall.of(
                                                "plan_deploy",
                                                "environment",
                                                turn.arguments().text("environment"))
                                        .with("version", turn.arguments().text("version"))))
                .orElseGet(Planning::noCommit);
    }

    /** The long part: what the server itself must run or build before the gates can be judged. */
    private Outcome plan(
            Pen pen, String environment, String version, CommitId commit, boolean hotfix) {
        Optional<String> unusable = proofs.runIfDeclared(pen, GateId.CI, commit);
        List<GateState> states =
                gates.states(
                        pen.caller().persona(), pen.state(), environment, commit, unusable, hotfix);
        if (planning.mayPass(states) instanceof Verdict.Refused<List<GateState>>(var no)) {
            observeConfiguration(pen, states);
            return new Outcome.Refused(gates.asking(pen, environment, no));
        }
        return switch (builds.build(pen, commit)) {
            case BuildDesk.Ready(var artifact) ->
                    project.alone(() ->
                            made(pen, environment, version, commit, hotfix, states, artifact));
            case BuildDesk.Broken(var refusalOrFailure) -> refusalOrFailure;
        };
    }

    /** A missing variable is seen by the server itself: that outcome may be handed over. */
    private static void observeConfiguration(Pen pen, List<GateState> states) {
        states.stream()
                .filter(gate -> gate.id().equals(GateId.VARIABLES) && !gate.passable())
                .filter(_ -> !pen.state().observed().containsKey("config-issue"))
                .findFirst()
                .ifPresent(
                        gate -> pen.record(new Event.OutcomeObserved("config-issue", gate.why())));
    }

    private Outcome made(
            Pen pen,
            String environment,
            String version,
            CommitId commit,
            boolean hotfix,
            List<GateState> states,
            String artifact) {
        Optional<ReleaseRecord> runs = project.state().runs(environment);
        var readings =
                pen.state().sightings().reads().entrySet().stream()
                        .map(entry ->
                                new DeployPlan.PlannedReading(
                                        entry.getKey(), entry.getValue().hash()))
                        .toList();
        var gated =
                states.stream()
                        .map(gate ->
                                new DeployPlan.PlannedGate(
                                        gate.id().value(), gate.verdict().text(), gate.proof()))
                        .toList();
        String policy = project.rules().get() instanceof Rules.Accepted(var digest) ? digest : "-";
        DeployPlan plan =
                new DeployPlan(
                                project.ids().plan(),
                                "",
                                environment,
                                version,
                                commit,
                                sources.digest(commit),
                                artifact,
                                gated,
                                readings,
                                runs,
                                policy,
                                hotfix,
                                project.now().plus(project.settings().planExpiry()))
                        .sealed();
        deploys.phase(pen, PhaseKind.CHECKS);
        deploys.phase(pen, PhaseKind.VARIABLES);
        pen.recordDurably(new Event.PlanMade(plan));
        return answer(plan, states, runs);
    }

    private Outcome answer(DeployPlan plan, List<GateState> states, Optional<ReleaseRecord> runs) {
        String back = runs.map(ReleaseRecord::version).orElse("absent");
        List<String> differs = new Differences(sources).from(runs, plan);
        Reply reply =
                project.reply(
                        "PLAN "
                                + plan.id()
                                + ": "
                                + plan.version()
                                + " to "
                                + plan.environment()
                                + ", rollback to "
                                + back
                                + ". Call deploy.");
        if (runs.isEmpty()) {
            reply.line(
                    "FIRST DEPLOYMENT: nothing of ours runs there; taking it back means stop and"
                            + " remove.");
        }
        reply.put("plan", plan.id().value())
                .put("digest", plan.digest())
                .put("environment", plan.environment())
                .put("version", plan.version())
                .put("commit", plan.commit().sha())
                .put("artifact", plan.artifact())
                .put("rollback", back)
                .put("first_deployment", runs.isEmpty())
                .put("differs", differs)
                .put("expires", plan.expires().toString());
        reply.line("differs: " + String.join(", ", differs));
        reply.line("expires: " + plan.expires());
        CheckGates.show(reply, states);
        List<String> people = decisions.needed(plan);
        people.forEach(reply::line);
        reply.put("decisions", people);
        return reply.next(List.of(NextCall.of("deploy", "plan", plan.id().value()))).done();
    }

    /** The same call again: it continues. */
    private static NextCall again(Turn turn) {
        var arguments = turn.arguments();
        var again =
                NextCall.of("plan_deploy", "environment", arguments.text("environment"))
                        .with("version", arguments.text("version"));
        for (String optional : List.of("commit", "shift")) {
            Optional<String> sent = arguments.maybeText(optional);
            again = sent.isPresent() ? again.with(optional, sent.get()) : again;
        }
        return arguments.flag("hotfix") ? again.with("hotfix", true) : again;
    }

    private Outcome working(Turn turn) {
        return project.reply(
                        "Still checking and building. Call plan_deploy again with the same"
                                + " arguments in 5 s.")
                .put("state", "building")
                .put("poll_after_s", 5)
                .next(List.of(again(turn)))
                .done();
    }
}
