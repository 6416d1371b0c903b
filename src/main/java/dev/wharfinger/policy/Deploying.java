package dev.wharfinger.policy;

import dev.wharfinger.deploy.ArtifactDigest;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.deploy.EnvironmentName;
import dev.wharfinger.deploy.PlanDigest;
import dev.wharfinger.deploy.Release;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.ReleaseRecord;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a plan may be carried out: everything it rests on still holds, and people said yes. */
public final class Deploying {
    private final Entry entry;

    /** Decisions that rest on the entry checklist. */
    public Deploying(Entry entry) {
        this.entry = entry;
    }

    /** What must still be as the plan says when it is carried out. */
    public record Now(
            Instant time,
            String policy,
            Optional<ReleaseRecord> runs,
            List<GateState> gates,
            boolean sameSources,
            boolean artifactWhole,
            Standing decided) {
        public Now {
            gates = List.copyOf(gates);
        }
    }

    /**
     * Whether this plan may be carried out now, under this deployment id and fence. The yes is the
     * only thing that a target's runner takes.
     */
    public Verdict<DeployGrant> mayDeploy(
            Facts facts, DeployPlan plan, Now now, String deployment, long fence) {
        if (facts.rules().refusal().isPresent()) {
            return Verdict.refused(facts.rules().refusal().get());
        }
        List<Refusal> unread = entry.missing(facts);
        if (!unread.isEmpty()) {
            return Verdict.refused(unread);
        }
        List<Refusal> wait =
                now.gates().stream()
                        .filter(gate ->
                                gate.shut().filter(no -> no.by() == Opener.TIME).isPresent())
                        .map(GateState::refusal)
                        .toList();
        if (!wait.isEmpty()) { // the plan still holds: it is only not its time
            return Verdict.refused(wait);
        }
        var drift = drift(plan, now);
        if (!drift.isEmpty()) {
            return Verdict.refused(
                    Refusal.byYou(
                            RuleId.DEPLOY_DRIFTED,
                            "The plan no longer holds: " + String.join("; ", drift) + ".",
                            "Make a new plan.",
                            NextCall.of("plan_deploy", "environment", plan.environment())
                                    .with("version", versionNow(facts, plan))));
        }
        return decided(facts, plan, now.decided()).map(_ -> again(plan, deployment, fence));
    }

    /** People come last: what they said yes to is exactly what has been looked at. */
    private Verdict<DecidedGrant> decided(Facts facts, DeployPlan plan, Standing decided) {
        NextCall handoff = Guide.handoff(new Exit(entry).likeliest(facts), "People decide.");
        return switch (decided) {
            case Standing.Yes(var grant) ->
                    grant.subject().id().equals(plan.id().value())
                                    && grant.subject().digest().equals(plan.sealed().digest())
                            ? Verdict.granted(grant)
                            : Verdict.refused(otherPlan(plan).then(List.of(handoff)));
            case Standing.No(var by, var reason) ->
                    Verdict.refused(denied(plan, by, reason).then(List.of(handoff)));
            case Standing.Waiting(_, _, var lapsed) when !lapsed.isEmpty() ->
                    Verdict.refused(lapsed.stream().map(no -> no.then(List.of(handoff))).toList());
            case Standing.Waiting(var given, var needed, _) ->
                    Verdict.refused(missing(plan, given, needed).then(List.of(handoff)));
        };
    }

    private static Refusal otherPlan(DeployPlan plan) {
        return Refusal.by(
                Opener.HUMAN,
                RuleId.APPROVAL_MISMATCH,
                "What was approved is not plan `" + plan.id() + "`.",
                "Tell the user: look again and decide with `wharf approve " + plan.id() + "`.");
    }

    private static Refusal denied(DeployPlan plan, String by, String reason) {
        return Refusal.by(
                Opener.HUMAN,
                RuleId.APPROVAL_DENIED,
                "`" + by + "` said no to plan `" + plan.id() + "`: " + reason,
                "Tell the user what was said, and hand over.");
    }

    /** Whether these refusals say only that people have not decided yet: that is waited for. */
    public static boolean isWaiting(List<Refusal> no) {
        return no.size() == 1 && no.getFirst().rule() == RuleId.APPROVAL_MISSING;
    }

    private static Refusal missing(DeployPlan plan, int given, int needed) {
        return Refusal.by(
                Opener.HUMAN,
                RuleId.APPROVAL_MISSING,
                "Plan `" + plan.id() + "` has " + given + " of " + needed + " approvals.",
                "Tell the user: a person decides with `wharf approve " + plan.id() + "`.");
    }

    /**
     * The grant of a deployment that was begun and not ended, made anew after a crash: what was
     * decided then is only carried to its end.
     */
    public static DeployGrant again(DeployPlan plan, String deployment, long fence) {
        var release =
                new Release(new ArtifactDigest(plan.artifact()), plan.version(), plan.commit());
        Optional<Release> previous =
                plan.rollback()
                        .map(r ->
                                new Release(
                                        new ArtifactDigest(r.artifact()), r.version(), r.commit()));
        return new DeployGrant(
                new PlanDigest(plan.digest()),
                new EnvironmentName(plan.environment()),
                release,
                previous,
                deployment,
                fence);
    }

    /** The plan's version where the commit still has it, else one that it has now. */
    private static String versionNow(Facts facts, DeployPlan plan) {
        List<String> real = facts.versions();
        return real.isEmpty() || real.contains(plan.version()) ? plan.version() : real.getFirst();
    }

    private static List<String> drift(DeployPlan plan, Now now) {
        var drift = new ArrayList<String>();
        if (!now.time().isBefore(plan.expires())) {
            drift.add("it expired at " + plan.expires());
        }
        if (!plan.policy().equals(now.policy())) {
            drift.add("the rules have changed");
        }
        if (!plan.rollback().equals(now.runs())) {
            drift.add("something else runs in `" + plan.environment() + "` now");
        }
        if (!now.sameSources()) {
            drift.add("the commit's sources have changed");
        }
        if (!plan.digest().equals(plan.sealed().digest())) {
            drift.add("its text is not the one that its digest names");
        }
        if (!now.artifactWhole()) {
            drift.add("the artifact is missing or damaged");
        }
        now.gates().stream()
                .filter(gate -> !gate.passable())
                .forEach(gate ->
                        drift.add("gate `" + gate.id().value() + "` is closed: " + gate.why()));
        return drift;
    }

    /** The refusal for a plan that is not this shift's. */
    public Refusal noPlan(Facts facts, String asked) {
        return Refusal.byYou(
                RuleId.DEPLOY_NO_PLAN,
                "`" + asked + "` is not a plan of this shift.",
                "Make a plan, and deploy it by its id.",
                new Guide(new Exit(entry)).next(facts).getFirst());
    }
}
