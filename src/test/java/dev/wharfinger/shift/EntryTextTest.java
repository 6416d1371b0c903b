package dev.wharfinger.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class EntryTextTest {
    private static final Instant AT = Instant.parse("2026-11-23T01:02:03.004Z");
    private static final Principal ANNA = new Principal("local:anna");
    private static final Optional<PersonaName> DEPLOY = Optional.of(new PersonaName("deploy"));
    private static final Optional<ShiftId> SHIFT = Optional.of(new ShiftId("s_" + "c".repeat(26)));
    private final EntryText text = new EntryText();

    static Stream<Event> everyEvent() {
        return EventSamples.all().stream();
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void anEventComesBackAsItWasWritten(Event event) {
        String line = text.write(AT, ANNA, DEPLOY, SHIFT, event);
        assertThat(line).doesNotContain("\n");
        assertThat(text.read(7, line)).isEqualTo(new Stamped(7, AT, ANNA, DEPLOY, SHIFT, event));
    }

    @Test
    void anEndThatWasWrittenBeforeThereWerePhasesIsReadWithoutAny() {
        String line =
                EventSamples.all().stream()
                        .filter(Event.DeployFinished.class::isInstance)
                        .map(end -> text.write(AT, ANNA, DEPLOY, SHIFT, end))
                        .findFirst()
                        .orElseThrow()
                        .replaceFirst(",\"url\":.*\\]", "");
        assertThat(line).doesNotContain("phases", "url");
        var end = (Event.DeployFinished) text.read(7, line).event();
        assertThat(end.phases()).isEmpty();
        assertThat(end.url()).isEmpty();
    }

    @Test
    void thereIsASampleOfEveryKind() {
        var kinds =
                EventSamples.all().stream()
                        .map(event -> event.getClass().getSimpleName())
                        .collect(Collectors.toSet());
        assertThat(kinds).hasSize(EventSamples.kinds().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "not json",
                "{\"at\":\"2026-11-23T01:02:03Z\",\"type\":\"no.such\",\"principal\":\"a\"}",
                "{\"at\":\"yesterday\",\"type\":\"journal.cut\",\"principal\":\"a\",\"bytes\":1}",
                "{\"at\":\"2026-11-23T01:02:03Z\",\"type\":\"journal.cut\",\"principal\":\"a\",\"bytes\":\"1\"}",
                "{\"at\":\"2026-11-23T01:02:03Z\",\"type\":\"phase.done\",\"principal\":\"a\",\"phase\":1}"
            })
    void whatIsNoEntryIsAnErrorAndNeverSkipped(String line) {
        assertThatThrownBy(() -> text.read(3, line))
                .isInstanceOf(EntryText.UnreadableEntry.class)
                .hasMessageContaining("entry 3");
    }

    @Test
    void theJournalsOwnLastWordsAreReadWhenItIsOpenedAgain() {
        String line =
                "{\"at\":\"2026-11-22T10:00:00Z\",\"type\":\"journal.disk-full\","
                        + "\"principal\":\"wharfinger\"}";
        Stamped entry = text.read(1, line);
        assertThat(entry.event()).isEqualTo(new Event.DiskFull());
        var state = new ProjectState();
        state.apply(entry, line);
        assertThat(state.size()).isEqualTo(2);
    }

    @Test
    void aPlansDigestChangesWithEveryThingItCovers() {
        DeployPlan plan =
                EventSamples.all().stream()
                        .filter(Event.PlanMade.class::isInstance)
                        .map(event -> ((Event.PlanMade) event).plan().sealed())
                        .findFirst()
                        .orElseThrow();
        assertThat(plan.sealed().digest()).isEqualTo(plan.digest());
        var other =
                new DeployPlan(
                                plan.id(),
                                "",
                                plan.environment(),
                                "9.9.9",
                                plan.commit(),
                                plan.source(),
                                plan.artifact(),
                                plan.gates(),
                                plan.readings(),
                                plan.rollback(),
                                plan.policy(),
                                plan.hotfix(),
                                plan.expires())
                        .sealed();
        assertThat(other.digest()).isNotEqualTo(plan.digest());
    }
}
