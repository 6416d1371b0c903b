package dev.wharfinger.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.persona.StatusWord;
import dev.wharfinger.policy.WalkState.PlanIs;
import dev.wharfinger.policy.WalkState.RunIs;
import dev.wharfinger.policy.WalkState.Seen;
import dev.wharfinger.policy.WalkState.Sight;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

class ExitTest {
    private static final WalkState SHIPPED =
            Cases.FRESH.with(PlanIs.LIVE, RunIs.DONE).with(Seen.SHIPPED_STAGING);
    private final Exit exit = new Exit(new Entry());

    private Exit.Ending ending(Facts facts, String outcome) {
        return switch (exit.mayEnd(facts, outcome)) {
            case Verdict.Granted<Exit.Ending>(var ending) -> ending;
            case Verdict.Refused<Exit.Ending>(var no) -> throw new AssertionError(no.toString());
        };
    }

    @Test
    void blockedIsLegalWhereNothingWasDeployed() {
        var ending = ending(Cases.facts(Cases.FRESH), "blocked");
        assertThat(ending.row()).isEqualTo(StatusWord.IDLE);
        assertThat(ending.next()).isEqualTo("human");
    }

    @Test
    void blockedGoesToTheOwnerOfTheFirstShutGate() {
        var facts =
                new WalkFacts(Cases.DEPLOY).withGates(Cases.FRESH.with(WalkState.GatesAre.PERSONA));
        assertThat(ending(facts, "blocked").next()).isEqualTo("/test");
    }

    @Test
    void blockedIsRefusedOnceSomethingRuns() {
        Refusal no =
                Cases.refused(
                        exit.mayEnd(Cases.facts(SHIPPED.noted()), "blocked"),
                        RuleId.HANDOFF_NOT_OBSERVED,
                        Opener.YOU);
        assertThat(Cases.next(no)).startsWith("write_handoff{outcome=shipped-staging");
        assertThat(no.source()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = RunIs.class,
            names = {"OWN", "INTERRUPTED"})
    void aShiftDoesNotEndWhileItsDeploymentIsOpen(RunIs run) {
        for (PlanIs plan : List.of(PlanIs.LIVE, PlanIs.EXPIRED)) {
            Refusal no =
                    Cases.refused(
                            exit.mayEnd(Cases.facts(Cases.FRESH.with(plan, run)), "blocked"),
                            RuleId.HANDOFF_NOT_OBSERVED,
                            Opener.YOU);
            assertThat(Cases.next(no)).isEqualTo("shift_status{wait_s=20}");
        }
    }

    @Test
    void anOutcomeThatNobodySawIsRefusedAndSoIsOneThatIsNone() {
        for (String outcome : List.of("shipped-production", "celebrated")) {
            Refusal no =
                    Cases.refused(
                            exit.mayEnd(Cases.facts(Cases.FRESH), outcome),
                            RuleId.HANDOFF_NOT_OBSERVED,
                            Opener.YOU);
            assertThat(Cases.next(no)).startsWith("write_handoff{outcome=blocked");
            assertThat(no.reason()).contains(outcome, "Observed: blocked");
        }
    }

    @Test
    void whatIsOwedIsNamedWithTheCallThatDoesIt() {
        List<Refusal> no = Cases.refused(exit.mayEnd(Cases.facts(SHIPPED), "shipped-staging"));
        assertThat(no).extracting(Refusal::rule).containsOnly(RuleId.EXIT_INCOMPLETE);
        assertThat(no)
                .extracting(Cases::next)
                .allMatch(call -> call.startsWith("record_note{kind="));
        assertThat(no).allMatch(one -> one.source().isPresent());
        assertThat(ending(Cases.facts(SHIPPED.noted()), "shipped-staging").next()).isEqualTo("/ux");
    }

    @Test
    void aLedgerFileThatHasChangedMustBeReadBeforeTheEnd() {
        var state = Cases.FRESH.seeing(Sight.STALE, Sight.UNSEEN, Sight.FRESH);
        assertThat(Cases.refused(exit.mayEnd(Cases.facts(state), "blocked")))
                .extracting(Refusal::rule)
                .containsExactly(
                        RuleId.HALLUCINATION_STALE_READ, RuleId.HALLUCINATION_UNREAD_LEDGER);
    }

    @Test
    void aStatedLineIsOwedUntilItIsStatedUnlessNothingWasDeployed() throws Exception {
        var persona = Cases.own(PersonaTexts.stated());
        Refusal no =
                Cases.refused(
                        exit.mayEnd(Cases.facts(persona, SHIPPED.noted()), "shipped-staging"),
                        RuleId.EXIT_INCOMPLETE,
                        Opener.YOU);
        assertThat(Cases.next(no)).startsWith("confirm_item{item=exit.6");
        Cases.granted(exit.mayEnd(Cases.facts(persona, SHIPPED.noted().said()), "shipped-staging"));
        Cases.granted(exit.mayEnd(Cases.facts(persona, Cases.FRESH), "blocked"));
    }

    @Test
    void anOutcomeInNoRowOfTheMatrixEndsAndAPersonIsNext() throws Exception {
        var facts = Cases.facts(Cases.own(PersonaTexts.bare()), SHIPPED.noted());
        assertThat(exit.likeliest(facts)).isEqualTo("shipped-staging");
        var ending = ending(facts, "shipped-staging");
        assertThat(ending.next()).isEqualTo("human");
        assertThat(ending.command()).isEmpty();
    }

    @Test
    void aPersonaThatProvesOwesItsProofOrEndsAsBlocked() {
        assertThat(exit.items(Cases.facts(Cases.TEST, Cases.FRESH), "passed").getFirst().state())
                .isEqualTo(Exit.State.OPEN);
        Cases.granted(exit.mayEnd(Cases.facts(Cases.TEST, Cases.FRESH), "blocked"));
        Cases.granted(
                exit.mayEnd(
                        Cases.facts(Cases.TEST, Cases.FRESH.with(Seen.PASSED).noted()), "passed"));
    }

    @ParameterizedTest
    @CsvSource({
        "blocked, IDLE",
        "shipped-staging, ACTIVE",
        "shipped-production, DONE",
        "rollback-active, ROLLBACK",
        "config-issue, FAILED",
        "infra-failure, FAILED",
        "failed, FAILED",
        "passed, DONE"
    })
    void theRowInThePlanFollowsFromTheOutcome(String outcome, StatusWord word) {
        assertThat(Exit.row(outcome)).isEqualTo(word);
    }
}
