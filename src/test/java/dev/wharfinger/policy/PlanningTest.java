package dev.wharfinger.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.approval.Approvers;
import dev.wharfinger.policy.WalkState.PlanIs;
import dev.wharfinger.policy.WalkState.RunIs;
import dev.wharfinger.policy.WalkState.Sight;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.ReleaseRecord;
import dev.wharfinger.workspace.CommitId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class PlanningTest {
    private final Planning planning = new Planning(new Entry());
    private final Deploying deploying = new Deploying(new Entry());
    private final WalkFacts world = new WalkFacts(Cases.DEPLOY);

    private static Planning.Request asking(String environment, String version) {
        return new Planning.Request(
                environment, version, Optional.empty(), false, List.of(), Optional.empty());
    }

    private Unfinished open(RunIs run, boolean carriedOn) {
        return new Unfinished(world.deployment(Cases.FRESH.with(PlanIs.LIVE, run)), carriedOn);
    }

    private Deploying.Now now(
            Instant time, String policy, Optional<ReleaseRecord> runs, boolean whole) {
        return new Deploying.Now(
                time,
                policy,
                runs,
                List.of(),
                true,
                whole,
                WalkFacts.agreed(world.plan(Cases.FRESH.with(PlanIs.LIVE, RunIs.NONE))));
    }

    @Test
    void aRealVersionToADeclaredEnvironmentMayBeAsked() {
        Cases.granted(planning.mayAsk(world.of(Cases.FRESH), asking("staging", "1.0.0")));
    }

    @Test
    void anEnvironmentThatIsNotDeclaredIsRefused() {
        Refusal moon =
                Cases.refused(
                        planning.mayAsk(world.of(Cases.FRESH), asking("moon", "1.0.0")),
                        RuleId.ENVIRONMENT_UNKNOWN,
                        Opener.YOU);
        assertThat(Cases.next(moon)).startsWith("plan_deploy{environment=staging");
        Refusal none =
                Cases.refused(
                        planning.mayAsk(
                                world.of(Cases.in(WalkState.Places.NONE, true)),
                                asking("staging", "1.0.0")),
                        RuleId.ENVIRONMENT_UNKNOWN,
                        Opener.HUMAN);
        assertThat(Cases.next(none)).startsWith("write_handoff{outcome=blocked");
    }

    @Test
    void anInventedVersionIsRefusedAndTheRealOneNamed() {
        Refusal no =
                Cases.refused(
                        planning.mayAsk(world.of(Cases.FRESH), asking("staging", "9.9.9")),
                        RuleId.HALLUCINATION_UNKNOWN_VERSION,
                        Opener.YOU);
        assertThat(Cases.next(no)).isEqualTo("plan_deploy{environment=staging, version=1.0.0}");
        assertThat(no.source()).isPresent();
        Cases.refused(
                planning.mayAsk(
                        world.of(Cases.in(WalkState.Places.STAGING, false)),
                        asking("staging", "1.0.0")),
                RuleId.HALLUCINATION_UNKNOWN_VERSION,
                Opener.HUMAN);
    }

    @Test
    void underChangedRulesNothingElseIsLookedAt() {
        Cases.refused(
                planning.mayAsk(
                        world.of(Cases.under(WalkState.RulesAre.CHANGED)), asking("moon", "9")),
                RuleId.POLICY_CHANGED,
                Opener.HUMAN);
    }

    @Test
    void productionComesAfterStaging() {
        var both = world.of(Cases.in(WalkState.Places.BOTH, true));
        var direct =
                new Planning.Request(
                        "production",
                        "1.0.0",
                        Optional.of("staging"),
                        false,
                        List.of(),
                        Optional.empty());
        Refusal no =
                Cases.refused(
                        planning.mayAsk(both, direct),
                        RuleId.PROHIBITION_DIRECT_PRODUCTION,
                        Opener.YOU);
        assertThat(Cases.next(no)).isEqualTo("plan_deploy{environment=staging, version=1.0.0}");
        assertThat(no.source()).isPresent();
        var passed =
                new Planning.Request(
                        "production",
                        "1.0.0",
                        Optional.of("staging"),
                        true,
                        List.of(),
                        Optional.empty());
        Cases.granted(planning.mayAsk(both, passed));
    }

    @Test
    void whatNoShiftWroteIsAPersonsToCommit() {
        var dirty =
                new Planning.Request(
                        "staging",
                        "1.0.0",
                        Optional.empty(),
                        false,
                        List.of("a", "b", "c", "d", "e", "f"),
                        Optional.empty());
        Refusal no =
                Cases.refused(
                        planning.mayAsk(world.of(Cases.FRESH), dirty),
                        RuleId.LANE_UNLOGGED_CHANGE,
                        Opener.HUMAN);
        assertThat(no.reason()).contains("and 1 more");
        assertThat(Cases.next(no)).startsWith("write_handoff{outcome=blocked");
    }

    @Test
    void whatRunsIsWaitedForByWhoeverItIs() {
        var facts = world.of(Cases.FRESH);
        Refusal own = open(RunIs.OWN, true).refusal(facts);
        Cases.no(own, RuleId.DEPLOY_IN_PROGRESS, Opener.YOU);
        assertThat(Cases.next(own)).startsWith("deploy{plan=p_");
        Refusal others = open(RunIs.OTHERS, true).refusal(facts);
        Cases.no(others, RuleId.DEPLOY_IN_PROGRESS, Opener.TIME);
        assertThat(Cases.next(others)).isEqualTo("shift_status{wait_s=20}");
    }

    @Test
    void whatNobodyCarriesOnIsAPersonsToSettle() {
        var facts = world.of(Cases.FRESH);
        Refusal own = open(RunIs.INTERRUPTED, false).refusal(facts);
        Cases.no(own, RuleId.DEPLOY_UNRESOLVED, Opener.HUMAN);
        assertThat(own.next()).isEmpty();
        Refusal others = open(RunIs.OTHERS_INTERRUPTED, false).refusal(facts);
        Cases.no(others, RuleId.DEPLOY_UNRESOLVED, Opener.HUMAN);
        assertThat(Cases.next(others)).startsWith("write_handoff{outcome=blocked");
    }

    @Test
    void aPlanPassesOpenGatesAndARefusalNamesAllThatAreShut() {
        Cases.granted(planning.mayPass(world.gatesOf(Cases.FRESH)));
        var shut =
                List.of(
                        world.gatesOf(Cases.FRESH.with(WalkState.GatesAre.PERSONA)).getFirst(),
                        world.gatesOf(Cases.FRESH.with(WalkState.GatesAre.HUMAN)).getLast());
        assertThat(Cases.refused(planning.mayPass(shut)))
                .extracting(no -> no.by().text())
                .containsExactly("persona:/test", "human");
    }

    @Test
    void aPlanThatStillHoldsIsGrantedWithItsFence() {
        var state = Cases.FRESH.with(PlanIs.LIVE, RunIs.NONE);
        Cases.granted(
                deploying.mayDeploy(
                        world.of(state),
                        world.plan(state),
                        now(WalkFacts.NOW, "digest", Optional.empty(), true),
                        "d_1",
                        3));
    }

    @Test
    void aPlanThatNoLongerHoldsSaysInWhat() {
        var state = Cases.FRESH.with(PlanIs.LIVE, RunIs.NONE);
        var other = new ReleaseRecord("f".repeat(64), "0.9", new CommitId("b".repeat(40)), "d_0");
        var late = WalkFacts.NOW.plus(Duration.ofDays(2));
        Refusal no =
                Cases.refused(
                        deploying.mayDeploy(
                                world.of(state),
                                world.plan(state),
                                now(late, "another", Optional.of(other), false),
                                "d_1",
                                3),
                        RuleId.DEPLOY_DRIFTED,
                        Opener.YOU);
        assertThat(no.reason())
                .contains("it expired", "the rules have changed", "something else", "the artifact");
        assertThat(Cases.next(no)).isEqualTo("plan_deploy{environment=staging, version=1.0.0}");
    }

    @Test
    void aPlanThatNoLongerHoldsIsMadeAgainForAVersionThatTheCommitHas() {
        var state = Cases.FRESH.with(PlanIs.LIVE, RunIs.NONE);
        Facts facts = world.of(state);
        var tagged =
                new Facts(
                        facts.persona(),
                        facts.shift(),
                        facts.readings(),
                        facts.rules(),
                        facts.environment(),
                        facts.gates(),
                        List.of("2.0.0"),
                        facts.environments(),
                        facts.plan(),
                        facts.deployment());
        var drifted = now(WalkFacts.NOW, "another", Optional.empty(), true);
        Refusal no =
                Cases.refused(
                        deploying.mayDeploy(tagged, world.plan(state), drifted, "d_1", 3),
                        RuleId.DEPLOY_DRIFTED,
                        Opener.YOU);
        assertThat(Cases.next(no)).isEqualTo("plan_deploy{environment=staging, version=2.0.0}");
    }

    @Test
    void aShutGateAndOtherSourcesVoidAPlan() {
        var state = Cases.FRESH.with(PlanIs.LIVE, RunIs.NONE).with(WalkState.GatesAre.HUMAN);
        var drifted =
                new Deploying.Now(
                        WalkFacts.NOW,
                        "digest",
                        Optional.empty(),
                        world.gatesOf(state),
                        false,
                        true,
                        WalkFacts.agreed(world.plan(state)));
        Refusal no =
                Cases.refused(
                        deploying.mayDeploy(world.of(state), world.plan(state), drifted, "d_1", 3),
                        RuleId.DEPLOY_DRIFTED,
                        Opener.YOU);
        assertThat(no.reason()).contains("sources", "gate `variables` is closed");
    }

    @Test
    void nothingIsDeployedOnFilesThatAreNotReadOrRulesThatChanged() {
        var unread = Cases.FRESH.with(PlanIs.LIVE, RunIs.NONE);
        var fine = now(WalkFacts.NOW, "digest", Optional.empty(), true);
        Cases.refused(
                deploying.mayDeploy(
                        world.of(unread.seeing(Sight.STALE, Sight.FRESH, Sight.FRESH)),
                        world.plan(unread),
                        fine,
                        "d_1",
                        3),
                RuleId.HALLUCINATION_STALE_READ,
                Opener.YOU);
        Cases.refused(
                deploying.mayDeploy(
                        world.of(Cases.under(WalkState.RulesAre.MISSING)),
                        world.plan(unread),
                        fine,
                        "d_1",
                        3),
                RuleId.CONFIG_MISSING,
                Opener.HUMAN);
    }

    @Test
    void aPlanOfSomebodyElseIsNoPlan() {
        Refusal no = deploying.noPlan(world.of(Cases.FRESH), "p_none");
        Cases.no(no, RuleId.DEPLOY_NO_PLAN, Opener.YOU);
        assertThat(Cases.next(no)).startsWith("plan_deploy");
    }

    @Test
    void whereNobodyMayDecideNothingIsPlanned() {
        Refusal no =
                new Decisions()
                        .nobodyDecides(world.of(Cases.FRESH), "production", Approvers.NONE)
                        .orElseThrow();
        Cases.no(no, RuleId.APPROVAL_MISSING, Opener.HUMAN);
        assertThat(Cases.next(no)).startsWith("write_handoff{outcome=blocked");
    }

    @Test
    void whereSomebodyMayDecideItIsPlanned() {
        var anna =
                Approvers.parse(
                        "anna ssh-ed25519"
                            + " AAAAC3NzaC1lZDI1NTE5AAAAICrJXJe/r8NafFbM8X9mCa1tciVVjJtgAz43Hr4mlQZC");
        assertThat(new Decisions().nobodyDecides(world.of(Cases.FRESH), "production", anna))
                .isEmpty();
    }
}
