package dev.wharfinger.ledger;

import static dev.wharfinger.ledger.Texts.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.persona.StatusWord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

/** What a status cell claims, and when two versions of a plan claim the same. */
class StatusCellTest {
    private static final String SQUAD =
            """
            # Plan

            | Agent | Command | Status |
            |---|---|---|
            | **Tester** | /test | ✅ DONE |
            | **DevOps** | /deploy | 💤 IDLE |
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "✅ DONE#DONE",
                "DONE (v1.2)#DONE",
                "✅#DONE",
                "🛠 ACTIVE#ACTIVE",
                "🛠️#ACTIVE",
                "Done#DONE",
            })
    void plainClaimsCount(String cell, StatusWord word) {
        assertThat(StatusCell.read(cell)).contains(word);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOT DONE", "DONE?", "~~DONE~~", "✅ FAILED", "DONE → FAILED", "almost DONE",
                "IN PROGRESS", "UNDONE", "✅ ❌", "", "50% DONE", "to be DONE"
            })
    void claimsThatAreNotPlainDoNotCount(String cell) {
        assertThat(StatusCell.read(cell)).isEmpty();
    }

    @Test
    void statusCellsAreEqualWhenOnlyOtherThingsChanged() {
        assertThat(equal(SQUAD, SQUAD.replace("Tester", "QA") + "\n- [ ] more\n")).isTrue();
        assertThat(equal(SQUAD, SQUAD + "| New | /ux | 💤 IDLE |\n")).isTrue();
        assertThat(Plan.statusCellsEqual("PLAN.md", Optional.empty(), bytes("# Plan\n"))).isTrue();
        var twice = SQUAD + "| D | /deploy | 💤 IDLE |\n";
        assertThat(equal(twice, twice)).isTrue();
    }

    @Test
    void statusCellsAreNotEqualWhenOneMovesAppearsOrGoes() {
        assertThat(equal(SQUAD, SQUAD.replace("💤 IDLE", "✅ DONE"))).isFalse();
        assertThat(equal(SQUAD, SQUAD + "| D | /deploy | ✅ DONE |\n")).isFalse();
        assertThat(equal(SQUAD, SQUAD + "| New | /ux | ✅ DONE |\n")).isFalse();
        assertThat(equal(SQUAD, SQUAD.replace("| **Tester** | /test | ✅ DONE |\n", ""))).isFalse();
        assertThat(equal(SQUAD, "```\n" + SQUAD + "```\n")).isFalse();
        assertThat(Plan.statusCellsEqual("PLAN.md", Optional.empty(), bytes(SQUAD))).isFalse();
    }

    @Test
    void aSecondTableThatLooksBetterDoesNotReplaceTheClaims() {
        var louder =
                SQUAD
                        + "\n## Squad\n\n| Agent | Command | Status |\n|---|---|---|\n"
                        + "| D | /deploy | ✅ DONE |\n| S | /security | ✅ DONE |\n";
        assertThat(equal(SQUAD, louder)).isFalse();
    }

    private static boolean equal(String before, String after) {
        return Plan.statusCellsEqual("PLAN.md", Optional.of(bytes(before)), bytes(after));
    }
}
