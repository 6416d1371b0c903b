package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.deploy.PhaseTime;
import dev.wharfinger.policy.Deploying;
import dev.wharfinger.policy.Facts;
import dev.wharfinger.policy.GateState;
import dev.wharfinger.policy.Planning;
import dev.wharfinger.policy.Rules;
import dev.wharfinger.policy.Unfinished;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Deployment;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.PlanId;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * {@code deploy}: carries out a plan, once. Calling again with the same plan continues or tells the
 * end; it never begins a second effect.
 */
final class Deploy implements Tool {
    private final Project project;
    private final Guidance guidance;
    private final GateDesk gates;
    private final DeployDesk desk;
    private final Decisions decisions;
    private final Jobs jobs;
    private final Planning planning;
    private final Deploying deploying;

    Deploy(
            Project project,
            Guidance guidance,
            GateDesk gates,
            DeployDesk desk,
            Decisions decisions,
            Jobs jobs) {
        this.project = project;
        this.guidance = guidance;
        this.gates = gates;
        this.desk = desk;
        this.decisions = decisions;
        this.jobs = jobs;
        this.planning = new Planning(guidance.entry());
        this.deploying = new Deploying(guidance.entry());
    }

    @Override
    public Traits traits() {
        return new Traits("deploy", Standing.SHIFT, Nature.CHANGES, Pace.WAITS);
    }

    @Override
    public Outcome run(Turn turn) {
        String asked = turn.arguments().text("plan");
        Facts facts = guidance.facts(turn.caller().persona(), turn.shift());
        Optional<DeployPlan> plan =
                asked.matches("p_[a-z0-9]{26}")
                        ? Optional.of(new PlanId(asked))
                                .filter(id -> turn.shift().plans().containsKey(id))
                                .flatMap(project.state()::plan)
                        : Optional.empty();
        return plan.map(known -> carryOut(turn, facts, known))
                .orElseGet(() -> new Outcome.Refused(deploying.noPlan(facts, asked)));
    }

    private Outcome carryOut(Turn turn, Facts facts, DeployPlan plan) {
        Optional<Deployment> begun = project.state().deploymentOf(plan.id());
        Optional<Event.DeployFinished> ended = begun.flatMap(Deployment::finished);
        if (ended.isPresent()) {
            return answer(turn, plan, ended.get());
        }
        String job = job(plan.id());
        var pen = new Pen(project, turn.caller(), turn.shift().id());
        if (begun.isPresent()) {
            return jobs.isRunning(job)
                    ? await(turn, plan, job, () -> lost(plan))
                    : new Outcome.Refused(new Unfinished(begun.get(), false).refusal(facts));
        }
        if (!facts.environments().contains(plan.environment())) {
            return new Outcome.Refused(planning.unknownEnvironment(facts, plan.environment()));
        }
        return switch (begin(
                turn, plan, grant -> jobs.start(job, () -> desk.run(pen, plan, grant)))) {
            case Verdict.Refused<DeployGrant>(var no) when Deploying.isWaiting(no) -> waiting(plan);
            case Verdict.Refused<DeployGrant>(var no) -> new Outcome.Refused(no);
            case Verdict.Granted<DeployGrant> _ -> await(turn, plan, job, () -> lost(plan));
        };
    }

    /** The name of the work that carries out this plan. */
    static String job(PlanId plan) {
        return "deploy " + plan;
    }

    private Outcome await(
            Turn turn, DeployPlan plan, String job, Supplier<Event.DeployFinished> work) {
        return jobs.await(turn.signals(), job, Event.DeployFinished.class, work)
                .map(finished -> answer(turn, plan, finished))
                .orElseGet(() -> running(plan));
    }

    /** The work ended between two looks at it: its end stands in the journal. */
    private Event.DeployFinished lost(DeployPlan plan) {
        return project.state().deploymentOf(plan.id()).flatMap(Deployment::finished).orElseThrow();
    }

    /**
     * Decides, writes the intent and begins, under the project's lock: two callers cannot both
     * begin, and whoever sees the intent sees that somebody works on it.
     */
    private Verdict<DeployGrant> begin(Turn turn, DeployPlan plan, Consumer<DeployGrant> work) {
        List<GateState> now =
                gates.states(
                        turn.caller().persona(),
                        turn.shift(),
                        plan.environment(),
                        plan.commit(),
                        Optional.empty(),
                        plan.hotfix());
        return project.alone(() -> {
            Facts facts = guidance.facts(turn.caller().persona(), turn.shift());
            Optional<Unfinished> other = desk.unfinished(plan.environment(), jobs);
            if (other.isPresent()) {
                return Verdict.refused(other.get().refusal(facts));
            }
            if (project.state().returns().unfinished().stream()
                    .anyMatch(back -> back.begun().environment().equals(plan.environment()))) {
                return Verdict.refused(Unfinished.returning(plan.environment()));
            }
            long fence = gates.nextFence(plan.environment());
            dev.wharfinger.policy.Standing decided = decisions.standing(plan);
            var state =
                    new Deploying.Now(
                            project.now(),
                            facts.rules() instanceof Rules.Accepted(var digest) ? digest : "-",
                            project.state().runs(plan.environment()),
                            now,
                            gates.sameSources(plan),
                            gates.artifactWhole(plan),
                            decided);
            String deployment = project.ids().deployment();
            Verdict<DeployGrant> may = deploying.mayDeploy(facts, plan, state, deployment, fence);
            if (may instanceof Verdict.Granted<DeployGrant>(var grant)) {
                turn.recordDurably(
                        new Event.DeployStarted(
                                deployment, plan.id(), plan.environment(), fence, spent(decided)));
                work.accept(grant);
            }
            return may;
        });
    }

    /** The approvals on which it rests: used up by the entry that begins it. */
    private static List<String> spent(dev.wharfinger.policy.Standing decided) {
        return decided instanceof dev.wharfinger.policy.Standing.Yes(var grant)
                ? grant.nonces()
                : List.of();
    }

    /** Nothing has begun: a person decides first, and not through this call. */
    private Outcome waiting(DeployPlan plan) {
        List<String> where = decisions.where(plan.id().value());
        Reply reply =
                project.reply(
                        "WAITING for people: "
                                + plan.version()
                                + " to "
                                + plan.environment()
                                + " needs a decision: "
                                + where.getFirst());
        decisions.needed(plan).forEach(reply::line);
        return reply.put("state", "waiting_for_approval")
                .put("plan", plan.id().value())
                .put("environment", plan.environment())
                .put("where", where)
                .put("poll_after_s", 10)
                .next(
                        List.of(
                                NextCall.of("shift_status").with("wait_s", 50),
                                NextCall.of("deploy", "plan", plan.id().value())))
                .done();
    }

    private Outcome running(DeployPlan plan) {
        boolean soaks =
                project.state().deploymentOf(plan.id()).filter(Deployment::soaks).isPresent();
        return project.reply(
                        "Deployment of "
                                + plan.version()
                                + (soaks ? " is live, and its health is watched" : " is running")
                                + ". Call deploy again with the same plan in 5 s.")
                .put("state", soaks ? "soaking" : "running")
                .put("plan", plan.id().value())
                .put("poll_after_s", 5)
                .next(List.of(NextCall.of("deploy", "plan", plan.id().value())))
                .done();
    }

    private static void phases(Reply reply, Event.DeployFinished end) {
        var phases = reply.list("phases");
        var words = new ArrayList<String>();
        for (PhaseTime phase : end.phases()) {
            phases.addObject()
                    .put("phase", phase.phase())
                    .put("way", phase.way().text())
                    .put("millis", phase.took().toMillis());
            words.add(phase.phase() + " " + phase.took().toMillis() + " ms");
        }
        if (!words.isEmpty()) {
            reply.line("took: " + String.join(", ", words));
        }
    }

    private Outcome answer(Turn turn, DeployPlan plan, Event.DeployFinished end) {
        boolean live = end.state().equals("done");
        String verdict =
                (live ? "LIVE: " : end.state().equals("rolled_back") ? "TAKEN BACK: " : "FAILED: ")
                        + plan.version()
                        + " in "
                        + plan.environment()
                        + ": "
                        + end.detail();
        Reply reply = project.reply(verdict);
        reply.put("state", end.state())
                .put("plan", plan.id().value())
                .put("deployment", end.deployment())
                .put("environment", plan.environment())
                .put("detail", end.detail())
                .put("smoke", end.smoke());
        end.outcome().ifPresent(outcome -> reply.put("outcome", outcome));
        end.runs().ifPresent(release -> reply.put("observed_version", release.version()));
        end.url().ifPresent(url -> reply.put("url", url));
        phases(reply, end);
        end.smoke().forEach(reply::line);
        guidance.next(turn).ifPresent(reply::next);
        return reply.done();
    }
}
