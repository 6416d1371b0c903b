package dev.wharfinger.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.deploy.FreezeWindow;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ReleaseRecord;
import dev.wharfinger.workspace.CommitId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The gates of an environment that follows another: each yes has its no. */
class ProductionGatesTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z"); // a Friday
    private static final Persona DEPLOY = new WalkFacts(Cases.DEPLOY).of(Cases.FRESH).persona();
    private static final ReleaseRecord RUNS =
            new ReleaseRecord("a", "1.0.0", new CommitId("1".repeat(40)), "d_1");
    private final ProductionGates gates = new ProductionGates(DEPLOY, false);
    private final ProductionGates hotfix = new ProductionGates(DEPLOY, true);

    private static ProductionGates.Before before(String smoked, boolean passed, Instant since) {
        return new ProductionGates.Before(
                "staging",
                Optional.of(RUNS),
                Optional.of(since),
                Optional.of(new Event.SmokeRan("staging", Optional.of(smoked), passed, List.of())));
    }

    private static void shut(GateState gate, RuleId rule, Opener by) {
        assertThat(gate.passable()).as("%s", gate).isFalse();
        assertThat(gate.refusal().rule()).isEqualTo(rule);
        assertThat(gate.refusal().by()).isEqualTo(by);
    }

    @Test
    void onlyTheVeryBytesThatPassedBeforeGoOn() {
        var passed = before("a", true, NOON);
        assertThat(gates.smoke(passed, Optional.of("a")).passable()).isTrue();
        var none =
                new ProductionGates.Before(
                        "staging", Optional.empty(), Optional.empty(), Optional.empty());
        for (GateState no :
                List.of(
                        gates.smoke(passed, Optional.of("b")),
                        gates.smoke(passed, Optional.empty()),
                        gates.smoke(none, Optional.of("a")),
                        gates.smoke(before("a", false, NOON), Optional.of("a")),
                        gates.smoke(before("b", true, NOON), Optional.of("a")),
                        hotfix.smoke(before("a", false, NOON), Optional.of("a")))) {
            shut(no, RuleId.PROHIBITION_DIRECT_PRODUCTION, Opener.YOU);
        }
    }

    @Test
    void theyMustHaveRunThereLongEnough() {
        Duration bake = Duration.ofMinutes(10);
        var since = before("a", true, NOON.minus(bake));
        assertThat(gates.bake(since, bake, NOON).passable()).isTrue();
        GateState early = gates.bake(since, bake, NOON.minusSeconds(1));
        shut(early, RuleId.DEPLOY_TOO_SOON, Opener.TIME);
        assertThat(early.refusal().notBefore()).contains(NOON);
        assertThat(gates.bake(since, Duration.ZERO, NOON).verdict())
                .isEqualTo(GateState.Verdict.NOT_CHECKED);
        assertThat(hotfix.bake(since, bake, NOON.minusSeconds(1)).verdict())
                .isEqualTo(GateState.Verdict.NOT_CHECKED);
    }

    @Test
    void aFreezeHoldsUntilItsEnd() {
        var weekend = List.of(FreezeWindow.parse("Fri 12:00 - Mon 08:00 Europe/Berlin"));
        GateState frozen = gates.freeze(weekend, NOON);
        shut(frozen, RuleId.DEPLOY_FROZEN, Opener.TIME);
        assertThat(frozen.refusal().notBefore()).contains(Instant.parse("2026-11-30T07:00:00Z"));
        assertThat(gates.freeze(weekend, NOON.minus(Duration.ofHours(3))).passable()).isTrue();
        assertThat(hotfix.freeze(weekend, NOON).verdict()).isEqualTo(GateState.Verdict.NOT_CHECKED);
        assertThat(gates.freeze(List.of(), NOON).verdict())
                .isEqualTo(GateState.Verdict.NOT_CHECKED);
    }

    @Test
    void whatIsConfiguredOtherwiseIsForPeople() {
        assertThat(gates.parity("staging", List.of()).passable()).isTrue();
        shut(
                gates.parity("staging", List.of("health: another path")),
                RuleId.GATE_CLOSED,
                Opener.HUMAN);
    }

    @Test
    void productionIsWatched() {
        assertThat(gates.monitoring(true).passable()).isTrue();
        shut(gates.monitoring(false), RuleId.GATE_CLOSED, Opener.HUMAN);
    }

    @Test
    void theCardSaysWhoIsAskedAndThatNobodyIs() {
        var asking =
                new ApprovalSettings(
                        2,
                        ApprovalSettings.Presence.REQUIRED,
                        Duration.ofHours(1),
                        List.of("anna", "berta"),
                        true);
        assertThat(gates.approval(asking).why()).contains("2 of anna, berta");
        var nobody =
                new ApprovalSettings(
                        0,
                        ApprovalSettings.Presence.REQUIRED,
                        Duration.ofHours(1),
                        List.of(),
                        false);
        assertThat(gates.approval(nobody).verdict()).isEqualTo(GateState.Verdict.NOT_CHECKED);
    }
}
