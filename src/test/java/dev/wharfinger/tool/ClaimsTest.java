package dev.wharfinger.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.PeopleEvent;
import dev.wharfinger.shift.PlanId;
import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.shift.ShiftState;
import dev.wharfinger.shift.Stamped;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.SourceDigest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Words in a handoff are compared with what happened; what did not happen is said to be so. */
class ClaimsTest {
    private static final ShiftId SHIFT = new ShiftId("s_" + "a".repeat(26));
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final String PLAN = "p_" + "b".repeat(26);

    private final ProjectState state = new ProjectState();
    private long index;

    private ShiftState shift(Event... events) {
        apply(
                new Event.ShiftBegun(
                        "Ship it",
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        "in_scope",
                        List.of(),
                        "advisory"));
        for (Event event : events) {
            apply(event);
        }
        return state.shift(SHIFT).orElseThrow();
    }

    private void apply(Event event) {
        var persona = Optional.of(new PersonaName("deploy"));
        state.apply(
                new Stamped(
                        index++, NOW, Principal.local("anna"), persona, Optional.of(SHIFT), event),
                "{}");
    }

    private List<String> unverified(String text, Event... events) {
        return new Claims().unverified(shift(events), state, text);
    }

    private static Event saw(String outcome) {
        return new Event.OutcomeObserved(outcome, "seen");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "All tests pass.",
                "The tests are green.",
                "142 tests passed.",
                "Unit tests passed.",
                "Integration tests are passing.",
                "We passed all tests.",
                "The test suite is green.",
                "Tests were run.",
                "Tests: no failures.",
                "There are zero failing tests.",
                "The security scan is clean.",
                "Security review passed.",
                "The scan found no critical vulnerabilities.",
                "Without any findings.",
                "The code is free of vulnerabilities.",
                "Smoke tests passed.",
                "The smoke test is green.",
                "Health checks are passing.",
                "The health check was successful.",
                "Deployed 1.2.0 to staging.",
                "Deployed 1.2.0 to production.",
                "Version 1.2.0 is live.",
                "1.2.0 went live.",
                "The release was shipped.",
                "It was promoted to production.",
                "Rolled out to all servers.",
                "The deployment was successful.",
                "Deployment complete.",
                "Released 1.2.0.",
                "We rolled back.",
                "The release was reverted.",
                "We are back on the previous version.",
                "The rollback was tested.",
                "Rollback verified.",
                "The build is green.",
                "The pipeline passed.",
                "CI is green.",
                "The artifact was built.",
                "Monitoring is configured.",
                "Alerts are in place.",
                "Dashboards were checked.",
                "Approved by Anna.",
                "The plan was approved.",
                "Approval was given.",
                "Anna signed off.",
                "The database was migrated.",
                "The database was backed up.",
                "Changes were merged.",
                "The branch was pushed.",
                "Users were notified.",
                "The team was informed.",
                "It has been load tested.",
                "Production was not touched but staging was deployed."
            })
    void whatNoEventCarriesIsUnverified(String sentence) {
        assertThat(unverified(sentence)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tests do not pass.",
                "No tests passed.",
                "Nothing was deployed.",
                "It was not deployed to production.",
                "The deployment is blocked.",
                "We could not deploy 1.2.0.",
                "1.2.0 will be deployed on Monday.",
                "Should be rolled back if it fails.",
                "Tests must pass before the release.",
                "Next: deployed by whoever comes.",
                "Please check that the tests pass.",
                "Waiting until it is approved.",
                "Was it deployed?",
                "The scan was never run.",
                "Once deployed, look at the logs.",
                "Users need to be notified.",
                "It is planned to be live by Friday.",
                "The rollback is yet to be tested.",
                "Read PLAN.md and HANDOFF_NOTES.md.",
                "The port is 8081.",
                "The customer asked for a faster page.",
                "The test report lies in target/.",
                "A deployment takes two minutes.",
                "Monitoring belongs to the platform team."
            })
    void whatClaimsNothingIsLeftAlone(String sentence) {
        assertThat(unverified(sentence)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Deployed 1.2.0 to production.",
                "All tests pass.",
                "The security scan is clean.",
                "Smoke tests passed in production.",
                "Monitoring is in place.",
                "The build is green.",
                "It is live."
            })
    void whatProductionHasShownIsVerified(String sentence) {
        assertThat(unverified(sentence, saw("shipped-production"))).isEmpty();
    }

    @Test
    void stagingIsNotProduction() {
        assertThat(unverified("Deployed to staging.", saw("shipped-staging"))).isEmpty();
        assertThat(unverified("Deployed to production.", saw("shipped-staging"))).hasSize(1);
        assertThat(unverified("Monitoring is active.", saw("shipped-staging"))).hasSize(1);
    }

    @Test
    void aReportCarriesTestsAndScansAndNothingElse() {
        assertThat(unverified("All 12 tests pass. The scan is clean.", saw("passed"))).isEmpty();
        assertThat(unverified("Deployed to staging.", saw("passed"))).hasSize(1);
        assertThat(unverified("All tests pass.", saw("failed"))).hasSize(1);
    }

    @Test
    void aReturnIsCarriedByAReturn() {
        assertThat(unverified("We rolled back to 1.1.0.", saw("rollback-active"))).isEmpty();
        assertThat(unverified("We rolled back to 1.1.0.", saw("shipped-staging"))).hasSize(1);
    }

    @Test
    void anApprovalIsCarriedByADecisionAboutAPlanOfThisShift() {
        var planned = new Event.PlanMade(plan());
        assertThat(unverified("Approved by Anna.", planned)).hasSize(1);
        assertThat(unverified("Approved by Anna.", planned, decided(false))).hasSize(1);
        assertThat(unverified("Approved by Anna.", planned, decided(true))).isEmpty();
    }

    private static DeployPlan plan() {
        return new DeployPlan(
                        new PlanId(PLAN),
                        "",
                        "production",
                        "1.2.0",
                        new CommitId("a".repeat(40)),
                        new SourceDigest("b".repeat(64)),
                        "c".repeat(64),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        "d".repeat(64),
                        false,
                        NOW.plusSeconds(60))
                .sealed();
    }

    private static PeopleEvent.DecisionMade decided(boolean yes) {
        return new PeopleEvent.DecisionMade(
                PLAN,
                "plan",
                yes,
                "anna",
                true,
                "n_" + "e".repeat(26),
                NOW.plusSeconds(60),
                "wharf-approval v1\n",
                "-----BEGIN SSH SIGNATURE-----\n",
                Optional.empty());
    }
}
