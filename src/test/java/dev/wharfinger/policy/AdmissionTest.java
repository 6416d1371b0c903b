package dev.wharfinger.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.shift.Stamped;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

class AdmissionTest {
    private static final PersonaName DEPLOY = new PersonaName("deploy");
    private final Admission admission = new Admission();
    private final ProjectState state = new ProjectState();

    private void happened(Event event) {
        long index = state.size();
        state.apply(
                new Stamped(
                        index,
                        WalkFacts.NOW,
                        Cases.ANNA,
                        Optional.of(DEPLOY),
                        Optional.of(Cases.OWN),
                        event),
                "line");
    }

    private void begun() {
        happened(
                new Event.ShiftBegun(
                        "Ship it",
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        "unknown",
                        List.of(),
                        "advisory"));
    }

    private Verdict<Optional<ShiftId>> shift(Principal who, String persona, String... named) {
        return admission.shift(
                state, who, new PersonaName(persona), List.of(named).stream().findFirst(), true);
    }

    @Test
    void theToolOfAnotherPersonaIsRefusedWithThePersonasFile() {
        List<PersonaName> owners = List.of(new PersonaName("deploy"));
        Refusal no = admission.notYours(Cases.TEST, "deploy", owners);
        Cases.no(no, RuleId.TOOL_NOT_YOURS, new Opener.Persona("/deploy"));
        assertThat(no.remedy()).endsWith("or hand over to /deploy.");
        assertThat(Cases.next(no)).startsWith("read_plan");
        assertThat(no.source().orElseThrow().toString()).contains("test.md");
    }

    @Test
    void aToolThatManyHaveAndThisPersonaHasNotIsNobodysToGive() {
        Refusal no = admission.notYours(Cases.TEST, "begin_shift", List.of());
        Cases.no(no, RuleId.TOOL_NOT_YOURS, Opener.HUMAN);
    }

    @Test
    void aServerThatOnlyReadsSaysSo() {
        Cases.no(admission.readOnly("deploy"), RuleId.MODE_READ_ONLY, Opener.HUMAN);
    }

    @Test
    void argumentsThatDoNotFitAreNamed() {
        Refusal no = admission.badArguments("deploy", List.of("`plan` is missing"), "`plan`");
        Cases.no(no, RuleId.ARGUMENT_INVALID, Opener.YOU);
        assertThat(no.reason()).contains("`plan` is missing");
        assertThat(no.remedy()).isEqualTo("Send what it takes: `plan`.");
    }

    @Test
    void theOnlyOpenShiftIsMeantWhenNoneIsNamed() {
        begun();
        assertThat(shift(Cases.ANNA, "deploy")).isEqualTo(Verdict.granted(Optional.of(Cases.OWN)));
        assertThat(shift(Cases.ANNA, "deploy", Cases.OWN.value()))
                .isEqualTo(Verdict.granted(Optional.of(Cases.OWN)));
    }

    @Test
    void withoutAShiftACallThatNeedsOneLeadsToABeginning() {
        Refusal no = Cases.refused(shift(Cases.ANNA, "deploy"), RuleId.SHIFT_NONE, Opener.YOU);
        assertThat(Cases.next(no)).startsWith("begin_shift");
        assertThat(admission.shift(state, Cases.ANNA, DEPLOY, Optional.empty(), false))
                .isEqualTo(Verdict.granted(Optional.<ShiftId>empty()));
    }

    @Test
    void knowingTheNameOfAShiftIsNoAuthority() {
        begun();
        String id = Cases.OWN.value();
        for (var verdict :
                List.of(
                        shift(Principal.local("bob"), "deploy", id),
                        shift(Cases.ANNA, "test", id),
                        shift(Cases.ANNA, "deploy", "s_none"))) {
            Refusal no = Cases.refused(verdict, RuleId.SHIFT_NOT_YOURS, Opener.YOU);
            assertThat(Cases.next(no)).startsWith("begin_shift");
        }
    }

    @Test
    void aShiftThatHasEndedTakesNoCalls() {
        begun();
        happened(new Event.ShiftEnded("blocked", "human", List.of()));
        Refusal no =
                Cases.refused(
                        shift(Cases.ANNA, "deploy", Cases.OWN.value()),
                        RuleId.SHIFT_ENDED,
                        Opener.YOU);
        assertThat(no.reason()).contains("blocked");
        assertThat(Cases.next(no)).startsWith("begin_shift");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "test", "auditor"})
    void whoCanMendARefusalIsNeverLeftWithoutACall(String persona) {
        Refusal bare = Refusal.byYou(RuleId.CONTENT_SECRET, "A secret.", "Take it out.");
        String way = persona.equals("auditor") ? "read_plan" : "shift_status";
        assertThat(admission.guided(Cases.persona(persona), List.of(bare)).getFirst().next())
                .containsExactly(NextCall.of(way));
    }

    @Test
    void aRefusalThatNamesACallOrThatOthersLiftStaysAsItIs() {
        var named = List.of(Refusal.byYou(RuleId.SHIFT_NONE, "a", "b", NextCall.of("read_plan")));
        var human = List.of(Refusal.by(Opener.HUMAN, RuleId.LANE_FORBIDDEN, "a", "b"));
        assertThat(admission.guided(Cases.DEPLOY, named)).isEqualTo(named);
        assertThat(admission.guided(Cases.DEPLOY, human)).isEqualTo(human);
    }
}
