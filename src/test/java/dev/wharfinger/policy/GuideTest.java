package dev.wharfinger.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.policy.WalkState.PlanIs;
import dev.wharfinger.policy.WalkState.RunIs;
import dev.wharfinger.policy.WalkState.Seen;
import dev.wharfinger.policy.WalkState.Sight;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.rule.NextCall;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class GuideTest {
    private final Guide guide = new Guide(new Exit(new Entry()));

    private List<String> next(Facts facts) {
        return guide.next(facts).stream()
                .map(call -> call.tool() + call.arguments().values())
                .toList();
    }

    @Test
    void whatMustBeReadComesFirst() {
        var facts = Cases.facts(Cases.FRESH.seeing(Sight.STALE, Sight.LISTED, Sight.UNSEEN));
        assertThat(next(facts))
                .containsExactly(
                        "read_plan[]",
                        "view_file[skills/deploy-toolkit/SKILL.md]",
                        "view_file[HANDOFF_NOTES.md]");
    }

    @Test
    void thenThePlanIsMadeAndThenDeployed() {
        assertThat(next(Cases.facts(Cases.FRESH))).containsExactly("plan_deploy[staging, 1.0.0]");
        assertThat(next(Cases.facts(Cases.FRESH.with(PlanIs.LIVE, RunIs.NONE))))
                .containsExactly("deploy[p_aaaaaaaaaaaaaaaaaaaaaaaaaa]");
    }

    @Test
    void aPlanThatHasExpiredIsMadeAgain() {
        assertThat(next(Cases.facts(Cases.FRESH.with(PlanIs.EXPIRED, RunIs.NONE))).getFirst())
                .startsWith("plan_deploy");
    }

    @Test
    void theEnvironmentThatTheShiftAskedForIsTheOneThatIsPlanned() {
        assertThat(next(Cases.facts(Cases.in(WalkState.Places.PRODUCTION_ASKED, true))))
                .containsExactly("plan_deploy[production, 1.0.0]");
    }

    @ParameterizedTest
    @EnumSource(
            value = WalkState.RulesAre.class,
            names = {"MISSING", "CHANGED"})
    void underRulesThatNobodyAcceptedTheShiftEndsAsBlocked(WalkState.RulesAre rules) {
        assertThat(next(Cases.facts(Cases.under(rules))).getLast())
                .startsWith("write_handoff[blocked, Blocked: ");
    }

    @Test
    void withoutAVersionOrAnEnvironmentItEndsAsBlocked() {
        assertThat(next(Cases.facts(Cases.in(WalkState.Places.STAGING, false))).getLast())
                .startsWith("write_handoff[blocked");
        assertThat(next(Cases.facts(Cases.in(WalkState.Places.NONE, true))).getLast())
                .startsWith("write_handoff[blocked");
    }

    @Test
    void behindAShutGateItEndsAsBlockedAndNamesTheGate() {
        var state = Cases.FRESH.with(WalkState.GatesAre.HUMAN);
        assertThat(next(new WalkFacts(Cases.DEPLOY).withGates(state)).getLast())
                .contains("write_handoff[blocked", "Variables present");
    }

    @Test
    void whatIsOwedComesBeforeTheEnd() {
        var shipped = Cases.FRESH.with(PlanIs.LIVE, RunIs.DONE).with(Seen.SHIPPED_STAGING);
        assertThat(next(Cases.facts(shipped)))
                .containsExactly(
                        "record_note[risk, Nothing to record., true]",
                        "record_note[memory, Nothing to record., true]",
                        "write_handoff[shipped-staging, shipped-staging: seen]");
        assertThat(next(Cases.facts(shipped.noted())))
                .containsExactly("write_handoff[shipped-staging, shipped-staging: seen]");
    }

    @Test
    void aPersonaThatProvesProvesItsGateOnce() {
        assertThat(next(Cases.facts(Cases.TEST, Cases.FRESH)))
                .containsExactly("record_proof[test]");
        assertThat(next(Cases.facts(Cases.TEST, Cases.FRESH.with(Seen.FAILED).noted())))
                .containsExactly("write_handoff[failed, failed: seen]");
        assertThat(Guide.provedGate(Cases.facts(Cases.TEST, Cases.FRESH))).contains(GateId.TEST);
        assertThat(Guide.provedGate(Cases.facts(Cases.FRESH))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"It needs lodash@9.9.9.", "Tag v7.7.7.", "AKIAIOSFODNN7EXAMPLE"})
    void noSummaryRepeatsWhatItWouldBeRefusedFor(String text) {
        assertThat(Guide.handoff("blocked", text))
                .isEqualTo(
                        NextCall.of("write_handoff", "outcome", "blocked")
                                .with("summary", "Ended as blocked."));
    }

    @Test
    void anHonestSummaryStays() {
        assertThat(Guide.handoff("blocked", "CI fails.").arguments())
                .containsEntry("summary", "CI fails.");
    }
}
