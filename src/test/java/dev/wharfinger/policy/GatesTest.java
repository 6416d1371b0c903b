package dev.wharfinger.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.Strength;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.Stamped;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class GatesTest {
    private static final Opener BUILD = new Opener.Persona("/build");
    private final Gates gates = new Gates(Cases.DEPLOY);

    private GateState ci(boolean applies, boolean declared, Optional<Stamped> proof) {
        return gates.declared(GateId.CI, applies, "no CI here", declared, Optional.empty(), proof);
    }

    private static Optional<Stamped> ran(boolean passed) {
        return Optional.of(Cases.proof(GateId.CI, Cases.OTHER, Strength.OBSERVED, passed, 1));
    }

    private static Refusal shut(GateState gate, RuleId rule, Opener by) {
        assertThat(gate.passable()).isFalse();
        assertThat(gate.verdict().text()).isEqualTo("closed");
        return Cases.no(gate.refusal(), rule, by);
    }

    @Test
    void aCommandThatRanAndPassedOpensItsGate() {
        GateState gate = ci(true, true, ran(true));
        assertThat(gate.verdict().text()).isEqualTo("open");
        assertThat(gate.proof()).contains(7L);
    }

    @Test
    void aGateThatDoesNotApplyIsNotChecked() {
        assertThat(ci(false, false, Optional.empty()).verdict())
                .isEqualTo(GateState.Verdict.NOT_CHECKED);
    }

    @Test
    void whatIsNotDeclaredIsAPersonsToDeclare() {
        Refusal no = shut(ci(true, false, Optional.empty()), RuleId.GATE_CLOSED, Opener.HUMAN);
        assertThat(no.remedy()).contains("gates.ci");
        assertThat(Cases.next(no)).startsWith("write_handoff{outcome=blocked");
    }

    @Test
    void aCommandThatHasNotRunIsTheCallersToRun() {
        Refusal no = shut(ci(true, true, Optional.empty()), RuleId.GATE_CLOSED, Opener.YOU);
        assertThat(no.remedy()).contains("plan_deploy");
    }

    @Test
    void aCommandThatGaveNoUsableReportIsNotTheCallersToRunAgain() {
        GateState gate =
                gates.declared(
                        GateId.CI, true, "", true, Optional.of("no such file"), Optional.empty());
        Refusal no = shut(gate, RuleId.PROOF_UNUSABLE, Opener.HUMAN);
        assertThat(no.reason()).contains("no such file");
        assertThat(Cases.next(no)).startsWith("write_handoff{outcome=blocked");
    }

    @Test
    void aCommandThatFailsIsTheBuildersToMend() {
        shut(ci(true, true, ran(false)), RuleId.GATE_CLOSED, BUILD);
    }

    @Test
    void variablesMustBeSetWhereTheServerRuns() {
        assertThat(gates.variables(List.of("URL"), List.of()).passable()).isTrue();
        assertThat(gates.variables(List.of(), List.of()).proved()).isEqualTo("none declared");
        Refusal no =
                shut(
                        gates.variables(List.of("URL"), List.of("URL")),
                        RuleId.GATE_CLOSED,
                        Opener.HUMAN);
        assertThat(no.reason()).contains("URL");
        assertThat(no.source()).isPresent();
    }

    @Test
    void aSecretInTheCommitShutsTheWay() {
        assertThat(gates.secrets(List.of()).passable()).isTrue();
        Refusal no = shut(gates.secrets(List.of("app/x:3")), RuleId.CONTENT_SECRET, BUILD);
        assertThat(no.reason()).contains("app/x:3");
    }

    @Test
    void nothingShipsWithoutAWayBack() {
        assertThat(gates.rollbackReady(Optional.of("1.0.0"), Optional.empty()).proved())
                .isEqualTo("back to 1.0.0");
        assertThat(gates.rollbackReady(Optional.empty(), Optional.empty()).proved())
                .startsWith("FIRST DEPLOYMENT");
        shut(
                gates.rollbackReady(Optional.of("1.0.0"), Optional.of("it is damaged")),
                RuleId.DEPLOY_NO_ROLLBACK,
                Opener.HUMAN);
    }

    @Test
    void aShutGateAlwaysSaysWhoOpensIt() {
        assertThatThrownBy(() ->
                        new GateState(
                                GateId.CI,
                                "CI",
                                "-",
                                "-",
                                GateState.Verdict.SHUT,
                                "why",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ci");
    }
}
