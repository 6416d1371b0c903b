package dev.wharfinger.policy;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.approval.ApprovalSettings.Presence;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.policy.WalkState.Sight;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.PlanId;
import dev.wharfinger.shift.ReleaseRecord;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.SourceDigest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether production lets a plan in, over every combination of what it rests on: rules, readings,
 * gates, the plan, what runs, sources, artifact, and whatever people or others have said.
 */
final class DeployWalk {
    static final DeployPlan PLAN =
            new DeployPlan(
                            new PlanId("p_aaaaaaaaaaaaaaaaaaaaaaaaaa"),
                            "",
                            "production",
                            "1.0.0",
                            new CommitId("a".repeat(40)),
                            new SourceDigest("1".repeat(64)),
                            "2".repeat(64),
                            List.of(),
                            List.of(),
                            Optional.empty(),
                            "digest",
                            false,
                            Votes.NOW.plus(Duration.ofHours(2)))
                    .sealed();
    private static final DeployPlan ALTERED =
            new DeployPlan(
                    PLAN.id(),
                    PLAN.digest(),
                    PLAN.environment(),
                    PLAN.version(),
                    PLAN.commit(),
                    PLAN.source(),
                    "9".repeat(64),
                    PLAN.gates(),
                    PLAN.readings(),
                    PLAN.rollback(),
                    PLAN.policy(),
                    PLAN.hotfix(),
                    PLAN.expires());
    private static final Optional<ReleaseRecord> ANOTHER =
            Optional.of(new ReleaseRecord("6".repeat(64), "0.9.0", PLAN.commit(), "d_0"));
    private static final NextCall CALL = NextCall.of("deploy", "plan", PLAN.id().value());

    /** What can be wrong with the plan and the world that it rests on. */
    private enum World {
        AS_PLANNED,
        EXPIRED,
        ALTERED_TEXT,
        UNDER_OTHER_RULES,
        SOMETHING_ELSE_RUNS,
        OTHER_SOURCES,
        DAMAGED_ARTIFACT
    }

    private final House house;
    private final BrokenPromises broken;
    private final Votes votes = new Votes(PLAN);
    private final WalkFacts facts = new WalkFacts(Cases.DEPLOY);

    DeployWalk(House house, BrokenPromises broken) {
        this.house = house;
        this.broken = broken;
    }

    void walk() {
        for (Votes.Vote vote : votes.all()) {
            for (ApprovalSettings settings : settings()) {
                Deciding.Terms terms = votes.terms(settings, vote.state());
                decided(vote, settings, house.standing(Subject.of("shop", PLAN), terms));
            }
        }
    }

    private static List<ApprovalSettings> settings() {
        var all = new ArrayList<ApprovalSettings>();
        for (int count = 0; count < 3; count++) {
            for (Presence presence : Presence.values()) {
                for (boolean fourEyes : List.of(false, true)) {
                    for (List<String> from : List.of(List.<String>of(), List.of("anna", "berta"))) {
                        all.add(
                                new ApprovalSettings(
                                        count, presence, Duration.ofHours(1), from, fourEyes));
                    }
                }
            }
        }
        return all;
    }

    private void decided(Votes.Vote vote, ApprovalSettings settings, Standing standing) {
        for (WalkState.RulesAre rules : WalkState.RulesAre.values()) {
            for (Sight sight : Sight.values()) {
                WalkState state = Cases.under(rules).seeing(sight, sight, sight);
                Facts known = facts.of(state);
                for (WalkState.GatesAre gates : WalkState.GatesAre.values()) {
                    for (World world : World.values()) {
                        ask(vote, settings, standing, known, state, gates, world);
                    }
                }
            }
        }
    }

    private void ask(
            Votes.Vote vote,
            ApprovalSettings settings,
            Standing standing,
            Facts known,
            WalkState state,
            WalkState.GatesAre gates,
            World world) {
        broken.state();
        DeployPlan plan = world == World.ALTERED_TEXT ? ALTERED : PLAN;
        var now =
                new Deploying.Now(
                        world == World.EXPIRED ? PLAN.expires() : Votes.NOW,
                        world == World.UNDER_OTHER_RULES ? "other" : PLAN.policy(),
                        world == World.SOMETHING_ELSE_RUNS ? ANOTHER : Optional.empty(),
                        facts.gatesOf(Cases.FRESH.with(gates)),
                        world != World.OTHER_SOURCES,
                        world != World.DAMAGED_ARTIFACT,
                        standing);
        Verdict<DeployGrant> may = house.mayDeploy(known, plan, now);
        boolean in = broken.allowed(may, CALL, () -> vote.name() + " " + settings + " " + state);
        if (!in) {
            boolean all =
                    world == World.AS_PLANNED
                            && gates == WalkState.GatesAre.OPEN
                            && state.rules() == WalkState.RulesAre.ACCEPTED
                            && state.ready()
                            && vote.isEnough(settings);
            broken.holds(0, !all, () -> "refused, and nothing is wrong: " + vote.name());
            return;
        }
        String where = vote.name() + " " + settings + " " + state + " " + gates + " " + world;
        broken.holds(2, state.ready(), () -> where);
        broken.holds(4, gates == WalkState.GatesAre.OPEN, () -> where);
        broken.holds(5, world == World.AS_PLANNED && isOf(may), () -> where);
        broken.holds(6, vote.isEnough(settings), () -> where);
        broken.holds(17, state.rules() == WalkState.RulesAre.ACCEPTED, () -> where);
    }

    /** The leave is for exactly what was planned. */
    private static boolean isOf(Verdict<DeployGrant> may) {
        DeployGrant grant =
                may.fold(
                        yes -> yes,
                        no -> {
                            throw new AssertionError(no.toString());
                        });
        return grant.plan().hex().equals(PLAN.digest())
                && grant.release().artifact().hex().equals(PLAN.artifact())
                && grant.environment().value().equals(PLAN.environment());
    }
}
