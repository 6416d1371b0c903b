package dev.wharfinger.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.proof.GateId;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;

import org.junit.jupiter.api.Test;

class ProvingTest {
    private final Proving proving = new Proving();

    @Test
    void aPersonaProvesItsOwnGate() {
        Cases.granted(proving.mayProve(Cases.facts(Cases.TEST, Cases.FRESH), GateId.TEST));
    }

    @Test
    void theGateOfAnotherPersonaIsNotItsToProve() {
        Refusal no =
                Cases.refused(
                        proving.mayProve(Cases.facts(Cases.TEST, Cases.FRESH), GateId.SECURITY),
                        RuleId.PROOF_UNUSABLE,
                        Opener.YOU);
        assertThat(Cases.next(no)).isEqualTo("record_proof{gate=test}");
        Cases.refused(
                proving.mayProve(Cases.facts(Cases.FRESH), GateId.TEST),
                RuleId.PROOF_UNUSABLE,
                Opener.YOU);
    }

    @Test
    void underChangedRulesNothingIsProved() {
        var state = Cases.under(WalkState.RulesAre.CHANGED);
        Cases.refused(
                proving.mayProve(Cases.facts(Cases.TEST, state), GateId.TEST),
                RuleId.POLICY_CHANGED,
                Opener.HUMAN);
    }

    @Test
    void aGateWithoutACommandIsAPersonsToDeclare() {
        Refusal no = proving.undeclared(GateId.TEST);
        Cases.no(no, RuleId.CONFIG_MISSING, Opener.HUMAN);
        assertThat(no.remedy()).contains("gates.test.command");
        assertThat(Cases.next(no)).startsWith("write_handoff{outcome=blocked");
    }

    @Test
    void theMatrixNamesWhatAProofMeans() {
        assertThat(proving.outcome(Cases.TEST, true)).isEqualTo("passed");
        assertThat(proving.outcome(Cases.TEST, false)).isEqualTo("failed");
    }

    @Test
    void aMatrixWithoutAFittingRowStillLetsAProofBeSeen() {
        assertThat(proving.outcome(Cases.DEPLOY, true)).isEqualTo("passed");
        assertThat(Cases.DEPLOY.handoff("passed")).isEmpty();
        assertThat(proving.outcome(Cases.DEPLOY, false)).isEqualTo("build-broken");
    }
}
