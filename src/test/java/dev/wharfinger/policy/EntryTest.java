package dev.wharfinger.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.policy.WalkState.Sight;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

class EntryTest {
    private final Entry entry = new Entry();

    private List<Refusal> missing(Sight plan, Sight handoff, Sight skill) {
        return entry.missing(Cases.facts(Cases.FRESH.seeing(plan, handoff, skill)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Sight.class,
            names = {"FRESH", "ABSENT"})
    void whatIsReadOrIsNotThereIsNotMissing(Sight sight) {
        assertThat(missing(sight, sight, sight)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Sight.class,
            names = {"UNSEEN", "LISTED"})
    void aLedgerFileThatWasNotReadIsRefusedWithItsLine(Sight sight) {
        Refusal plan = missing(sight, Sight.FRESH, Sight.FRESH).getFirst();
        Cases.no(plan, RuleId.HALLUCINATION_UNREAD_LEDGER, Opener.YOU);
        assertThat(Cases.next(plan)).isEqualTo("read_plan{}");
        assertThat(plan.source().orElseThrow().toString()).contains("deploy.md:");
        Refusal handoff = missing(Sight.FRESH, sight, Sight.FRESH).getFirst();
        Cases.no(handoff, RuleId.HALLUCINATION_UNREAD_LEDGER, Opener.YOU);
        assertThat(Cases.next(handoff)).isEqualTo("view_file{path=HANDOFF_NOTES.md}");
    }

    @ParameterizedTest
    @EnumSource(
            value = Sight.class,
            names = {"STALE", "GONE"})
    void aLedgerFileThatHasChangedIsStale(Sight sight) {
        Cases.no(
                missing(sight, Sight.FRESH, Sight.FRESH).getFirst(),
                RuleId.HALLUCINATION_STALE_READ,
                Opener.YOU);
    }

    @Test
    void aSkillThatIsNotLoadedLeavesTheEntryIncomplete() {
        Refusal no = missing(Sight.FRESH, Sight.FRESH, Sight.LISTED).getFirst();
        Cases.no(no, RuleId.ENTRY_INCOMPLETE, Opener.YOU);
        assertThat(Cases.next(no)).isEqualTo("view_file{path=skills/deploy-toolkit/SKILL.md}");
        assertThat(no.source()).isPresent();
    }

    @Test
    void allThatIsMissingIsToldAtOnce() {
        assertThat(missing(Sight.LISTED, Sight.UNSEEN, Sight.STALE)).hasSize(3);
    }

    @Test
    void theChecklistSaysWhatIsDoneAndWhatIsOpen() {
        var items = entry.items(Cases.facts(Cases.FRESH));
        assertThat(items)
                .filteredOn(Entry.Item::done)
                .extracting(Entry.Item::id)
                .contains("entry.1", "entry.2", "entry.3", "entry.6", "entry.7")
                .doesNotContain("entry.4", "entry.5");
        assertThat(items)
                .filteredOn(item -> !item.done())
                .extracting(Entry.Item::how)
                .containsOnly("open");
    }

    @Test
    void aStatedLineIsDoneOnceItIsStated() throws Exception {
        var persona = Cases.own(PersonaTexts.stated());
        var open = entry.items(Cases.facts(persona, Cases.FRESH)).get(4);
        var said = entry.items(Cases.facts(persona, Cases.FRESH.said())).get(4);
        assertThat(open.done()).isFalse();
        assertThat(said.how()).isEqualTo("stated: done");
    }
}
