package dev.wharfinger.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.persona.StatusWord;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.Strength;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Source;
import dev.wharfinger.shift.Stamped;

import org.junit.jupiter.api.Test;

import java.util.Optional;

class ProvedGateTest {
    private static final ProvedGate.Claim DONE = claim("✅ DONE", StatusWord.DONE);
    private static final ProvedGate.Claim IDLE = claim("💤 IDLE", StatusWord.IDLE);

    private static ProvedGate.Claim claim(String text, StatusWord word) {
        return new ProvedGate.Claim(text, Optional.of(word), Optional.of(new Source("PLAN.md", 5)));
    }

    private static GateState judge(GateId id, ProvedGate.Claim claim, Optional<Stamped> proof) {
        return judge(id, claim, true, true, proof, Optional.empty());
    }

    private static GateState judge(
            GateId id,
            ProvedGate.Claim claim,
            boolean applies,
            boolean declared,
            Optional<Stamped> proof,
            Optional<Stamped> other) {
        return new ProvedGate(
                        id,
                        applies,
                        "no tests here",
                        declared,
                        Strength.OBSERVED,
                        claim,
                        proof,
                        other)
                .judge(Cases.DEPLOY, Cases.OWN);
    }

    private static Optional<Stamped> proof(GateId id, boolean passed) {
        return Optional.of(Cases.proof(id, Cases.OTHER, Strength.OBSERVED, passed, 12));
    }

    private static Refusal shut(GateState gate, RuleId rule, String by) {
        assertThat(gate.passable()).isFalse();
        Refusal no = Cases.no(gate.refusal(), rule, new Opener.Persona(by));
        assertThat(Cases.next(no)).startsWith("write_handoff{outcome=blocked");
        assertThat(no.source()).isPresent();
        return no;
    }

    @Test
    void claimAndProofTogetherOpenIt() {
        GateState gate = judge(GateId.TEST, DONE, proof(GateId.TEST, true));
        assertThat(gate.verdict()).isEqualTo(GateState.Verdict.OPEN);
        assertThat(gate.proof()).contains(7L);
    }

    @Test
    void whatDoesNotApplyIsOpenAndSaysThatItWasNotChecked() {
        GateState gate = judge(GateId.TEST, IDLE, false, true, Optional.empty(), Optional.empty());
        assertThat(gate.passable()).isTrue();
        assertThat(gate.verdict().text()).isEqualTo("not checked");
        assertThat(gate.why()).isEqualTo("no tests here");
    }

    @Test
    void withoutAProofTheCodeIsUntested() {
        Refusal no =
                shut(
                        judge(GateId.TEST, IDLE, Optional.empty()),
                        RuleId.PROHIBITION_UNTESTED_CODE,
                        "/test");
        assertThat(no.source().orElseThrow()).hasToString("PLAN.md:5");
        shut(judge(GateId.SECURITY, IDLE, Optional.empty()), RuleId.GATE_CLOSED, "/security");
    }

    @Test
    void aWordIsNoProof() {
        Refusal no =
                shut(
                        judge(GateId.TEST, DONE, Optional.empty()),
                        RuleId.HALLUCINATION_UNPROVED,
                        "/test");
        assertThat(no.reason()).contains("PLAN.md says DONE");
    }

    @Test
    void itSaysWhatIsProvedInstead() {
        GateState gate =
                judge(GateId.TEST, IDLE, true, true, Optional.empty(), proof(GateId.TEST, true));
        assertThat(gate.why()).contains("commit ccccccc");
        GateState bare = judge(GateId.TEST, IDLE, true, false, Optional.empty(), Optional.empty());
        assertThat(bare.why()).contains("wharf.yaml declares no command");
    }

    @Test
    void aProofThatSaysNoShutsItByThePersonasProhibition() {
        Refusal tests =
                shut(
                        judge(GateId.TEST, DONE, proof(GateId.TEST, false)),
                        RuleId.PROHIBITION_UNTESTED_CODE,
                        "/test");
        assertThat(tests.source().orElseThrow().toString()).contains("deploy.md:");
        shut(
                judge(GateId.SECURITY, DONE, proof(GateId.SECURITY, false)),
                RuleId.PROHIBITION_SECURITY_HOLES,
                "/security");
    }

    @Test
    void theShiftThatDeploysCannotRestOnItsOwnProof() {
        var own = Optional.of(Cases.proof(GateId.TEST, Cases.OWN, Strength.ATTESTED, true, 12));
        shut(judge(GateId.TEST, DONE, own), RuleId.PROOF_OWN_SHIFT, "/test");
    }

    @Test
    void aProofThatIsTooWeakOrEmptyShutsIt() {
        var weak = Optional.of(Cases.proof(GateId.TEST, Cases.OTHER, Strength.PRESENTED, true, 12));
        shut(judge(GateId.TEST, DONE, weak), RuleId.GATE_CLOSED, "/test");
        var empty = Optional.of(Cases.proof(GateId.TEST, Cases.OTHER, Strength.OBSERVED, true, 0));
        shut(judge(GateId.TEST, DONE, empty), RuleId.GATE_CLOSED, "/test");
    }

    @Test
    void aProofWithoutTheClaimShutsIt() {
        Refusal no =
                shut(
                        judge(GateId.TEST, IDLE, proof(GateId.TEST, true)),
                        RuleId.GATE_CLOSED,
                        "/test");
        assertThat(no.reason()).contains("💤 IDLE");
    }
}
