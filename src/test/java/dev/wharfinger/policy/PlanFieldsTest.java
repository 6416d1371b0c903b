package dev.wharfinger.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.approval.ApprovalText;
import dev.wharfinger.approval.Approvers;
import dev.wharfinger.approval.Choice;
import dev.wharfinger.approval.Kind;
import dev.wharfinger.approval.SoftKey;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.PeopleEvent;
import dev.wharfinger.shift.PlanId;
import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.shift.ReleaseRecord;
import dev.wharfinger.shift.Stamped;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.SourceDigest;
import dev.wharfinger.workspace.WorkspacePath;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A person said yes to one plan: with any field of it changed, that yes lets nothing in. */
class PlanFieldsTest {
    private static final Instant NOW = WalkFacts.NOW;
    private static final DeployPlan PLAN =
            new DeployPlan(
                            new PlanId("p_aaaaaaaaaaaaaaaaaaaaaaaaaa"),
                            "",
                            "production",
                            "1.0.0",
                            new CommitId("a".repeat(40)),
                            new SourceDigest("1".repeat(64)),
                            "2".repeat(64),
                            List.of(new DeployPlan.PlannedGate("test", "open", Optional.of(7L))),
                            List.of(
                                    new DeployPlan.PlannedReading(
                                            WorkspacePath.of("PLAN.md"),
                                            ContentHash.of(new byte[] {1}))),
                            Optional.empty(),
                            "digest",
                            false,
                            NOW.plus(Duration.ofHours(2)))
                    .sealed();

    private final SoftKey key = SoftKey.of(SoftKey.Type.SK_ED25519);
    private final Deciding.Terms terms = terms();

    /** Every field with something else in it; a field that this does not know fails the test. */
    private static Object other(String field) {
        return switch (field) {
            case "id" -> new PlanId("p_bbbbbbbbbbbbbbbbbbbbbbbbbb");
            case "digest" -> "3".repeat(64);
            case "environment" -> "staging";
            case "version" -> "1.0.1";
            case "commit" -> new CommitId("b".repeat(40));
            case "source" -> new SourceDigest("4".repeat(64));
            case "artifact" -> "5".repeat(64);
            case "gates" ->
                    List.of(new DeployPlan.PlannedGate("test", "not checked", Optional.of(7L)));
            case "readings" -> List.of();
            case "rollback" ->
                    Optional.of(
                            new ReleaseRecord(
                                    "6".repeat(64), "0.9.0", new CommitId("c".repeat(40)), "d_0"));
            case "policy" -> "another digest";
            case "hotfix" -> true;
            case "expires" -> PLAN.expires().plusSeconds(1);
            default -> throw new AssertionError("a new field `" + field + "`: change it here");
        };
    }

    static Stream<String> fields() {
        return Arrays.stream(DeployPlan.class.getRecordComponents()).map(RecordComponent::getName);
    }

    private static DeployPlan changed(String field) throws ReflectiveOperationException {
        RecordComponent[] all = DeployPlan.class.getRecordComponents();
        Object[] values = new Object[all.length];
        for (int i = 0; i < all.length; i++) {
            boolean here = all[i].getName().equals(field);
            values[i] = here ? other(field) : all[i].getAccessor().invoke(PLAN);
        }
        Class<?>[] types =
                Arrays.stream(all).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return DeployPlan.class.getDeclaredConstructor(types).newInstance(values);
    }

    private Deciding.Terms terms() {
        var text =
                new ApprovalText(
                        "shop",
                        "origin",
                        3,
                        "root",
                        Kind.PLAN,
                        Choice.APPROVE,
                        PLAN.environment(),
                        PLAN.version(),
                        PLAN.digest(),
                        PLAN.artifact(),
                        "anna",
                        "n_" + "a".repeat(26),
                        NOW.plus(Duration.ofMinutes(30)));
        var made =
                new PeopleEvent.DecisionMade(
                        PLAN.id().value(),
                        "plan",
                        true,
                        "anna",
                        true,
                        text.nonce(),
                        text.expires(),
                        text.text(),
                        key.sign(text.text()),
                        Optional.empty());
        var project = new ProjectState();
        project.apply(
                new Stamped(0, NOW, Cases.ANNA, Optional.empty(), Optional.empty(), made), "line");
        var settings =
                new ApprovalSettings(
                        1,
                        ApprovalSettings.Presence.REQUIRED,
                        Duration.ofHours(1),
                        List.of(),
                        false);
        return new Deciding.Terms(
                settings,
                Approvers.parse(key.line("anna")),
                Optional.of("berta"),
                project.decisions(),
                signed -> signed.root().equals("root"),
                NOW);
    }

    private Standing standing(DeployPlan plan) {
        return new Deciding().standing(Subject.of("shop", plan), terms);
    }

    /** The world is as the plan says: only what was decided can refuse. */
    private static Verdict<DeployGrant> deploy(DeployPlan plan, Standing decided) {
        var world =
                new Deploying.Now(
                        NOW, plan.policy(), plan.rollback(), List.of(), true, true, decided);
        return new Deploying(new Entry())
                .mayDeploy(Cases.facts(Cases.FRESH), plan, world, "d_1", 7);
    }

    private static RuleId rule(Verdict<DeployGrant> verdict) {
        List<Refusal> no = Cases.refused(verdict);
        assertThat(no).hasSize(1);
        return no.getFirst().rule();
    }

    @Test
    void thePlanThatWasApprovedMayGo() {
        Cases.granted(deploy(PLAN, standing(PLAN)));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aPlanThatWasAlteredMayNot(String field) throws Exception {
        DeployPlan altered = changed(field);
        RuleId expected = field.equals("id") ? RuleId.APPROVAL_MISSING : RuleId.DEPLOY_DRIFTED;
        assertThat(rule(deploy(altered, standing(altered)))).isEqualTo(expected);
        if (!field.equals("id")) {
            assertThat(rule(deploy(altered, standing(PLAN)))).isEqualTo(RuleId.DEPLOY_DRIFTED);
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void anotherPlanMayNotEvenUnderTheApprovedOnesName(String field) throws Exception {
        DeployPlan other = changed(field).sealed();
        if (field.equals("digest")) { // sealed anew it is the very same
            assertThat(other).isEqualTo(PLAN);
            return;
        }
        RuleId expected = field.equals("id") ? RuleId.APPROVAL_MISSING : RuleId.APPROVAL_MISMATCH;
        assertThat(rule(deploy(other, standing(other)))).isEqualTo(expected);
        assertThat(rule(deploy(other, standing(PLAN)))).isEqualTo(RuleId.APPROVAL_MISMATCH);
    }
}
