package dev.wharfinger.ledger;

import static dev.wharfinger.ledger.Texts.assertOnlyInserted;
import static dev.wharfinger.ledger.Texts.bytes;
import static dev.wharfinger.ledger.Texts.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

class RaidLogTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:11:12Z");

    @Test
    void aMissingFileIsMadeFromItsTemplateAndIdsGoOn() throws Exception {
        Optional<byte[]> now = Optional.empty();
        for (var kind : RaidKind.values()) {
            for (int i = 1; i <= 2; i++) {
                var added = RaidLog.add("RAID_LOG.md", now, entry(kind, "something " + i));
                assertThat(added.id()).contains(kind.letter() + "-00" + i);
                now = Optional.of(added.bytes());
            }
        }
        assertThat(text(now.orElseThrow()))
                .contains(
                        "| R-002 | something 2 | - | - | /deploy | Open | 2026-11-22 10:11 UTC |");
    }

    @ParameterizedTest
    @CsvSource({
        "R-001,R-002,R-003",
        "R1,R9,R10",
        "RAID-17,RAID-16,RAID-18",
        "R.07,R.08,R.09",
        "RISK-001,RISK-002,RISK-003",
        "1,2,3",
        "`R-1`,**R-2**,R-3"
    })
    void theNextIdFollowsTheFilesOwnScheme(String first, String second, String next)
            throws Exception {
        var log =
                "## Risks\n\n| ID | Risk | Status |\n|---|---|---|\n"
                        + "| %s | a | open |\n| %s | b | open |\n".formatted(first, second);
        for (var before : Texts.shapes(log)) {
            var added = add(before, RaidKind.RISK, "new");
            assertOnlyInserted(before, added.bytes(), next);
            assertThat(added.id()).contains(next);
            assertThat(added.row()).isEqualTo("| " + next + " | new (owner: /deploy) | open |");
        }
    }

    @Test
    void anIdThatStandsAnywhereInTheFileIsNotFree() throws Exception {
        var log =
                "## Risks\n"
                        + "| ID | Risk |\n"
                        + "|---|---|\n"
                        + "| R-001 | a |\n\n"
                        + "## Closed\n\n"
                        + "R-014 was closed.\n";
        assertThat(add(bytes(log), RaidKind.RISK, "b").id()).contains("R-015");
    }

    @Test
    void oneTableWithATypeColumnNumbersEachKindInItsOwnScheme() throws Exception {
        var log =
                """
                | ID | Type | Description | Owner | Status |
                |----|------|-------------|-------|--------|
                | R-001 | Risk | a | x | 🔴 Open |
                | A-004 | Assumption | b | x | Closed |
                """;
        var added = add(bytes(log), RaidKind.ASSUMPTION, "c | d");
        assertThat(added.row()).isEqualTo("| A-005 | Assumption | c \\| d | /deploy | 🔴 Open |");
        assertThat(add(bytes(log), RaidKind.ISSUE, "e").row())
                .isEqualTo("| I-001 | Issue | e | /deploy | 🔴 Open |");
        var shared = log.replace("R-001", "RAID-1").replace("A-004", "RAID-2");
        assertThat(add(bytes(shared), RaidKind.ISSUE, "e").id()).contains("RAID-3");
        var words = log.replace("R-001", "RISK-1").replace("A-004", "ASSUMPTION-4");
        assertThat(add(bytes(words), RaidKind.ISSUE, "e").id()).contains("ISSUE-1");
    }

    @Test
    void oneTableWithoutATypeColumnIsNumberedByLetter() throws Exception {
        var log = "| ID | Description |\n|---|---|\n| R1 | a |\n| A7 | b |\n| R2 | c |\n";
        assertThat(add(bytes(log), RaidKind.ASSUMPTION, "x").id()).contains("A8");
        assertThat(add(bytes(log), RaidKind.DEPENDENCY, "x").id()).contains("D1");
    }

    @Test
    void listsKeepTheirMarks() throws Exception {
        var log =
                """
                # RAID

                ## ⚠️ Risks
                - **R-01**: slow disk
                - **R-02**: slow net

                ## Issues
                * plain
                """;
        for (var before : Texts.shapes(log)) {
            var risk = add(before, RaidKind.RISK, "slow CPU");
            assertOnlyInserted(before, risk.bytes(), "list");
            assertThat(risk.row()).isEqualTo("- **R-03**: slow CPU (/deploy, 2026-11-22)");
            var issue = add(before, RaidKind.ISSUE, "x");
            assertThat(issue.row()).isEqualTo("* **I-001**: x (/deploy, 2026-11-22)");
        }
    }

    @Test
    void aSectionThatIsMissingIsAddedAtTheEnd() throws Exception {
        var log = "# RAID\n\n## Risks\n\n| ID | Risk |\n|---|---|\n| R-1 | x |\n";
        var added = add(bytes(log), RaidKind.DEPENDENCY, "bank");
        assertThat(text(added)).startsWith(log).contains("\n## Dependencies\n");
        assertThat(added.id()).contains("D-001");
        assertThat(text(added)).endsWith(added.row() + "\n");
    }

    @Test
    void fieldsGoToTheirColumnsAndTheRestIntoTheText() throws Exception {
        var fields = new LinkedHashMap<String, String>();
        fields.put("Likelihood", "high");
        fields.put("owner", "/build");
        fields.put("colour", "red");
        var log = "## Risks\n| ID | Risk | Probability | Owner |\n|---|---|---|---|\n";
        var entry = new RaidLog.Entry(RaidKind.RISK, "x", fields, "/deploy", AT);
        assertThat(RaidLog.add("R.md", Optional.of(bytes(log)), entry).row())
                .isEqualTo("| R-001 | x (colour: red) | high | /build |");
    }

    private static Written add(byte[] now, RaidKind kind, String text) throws LedgerUnwritable {
        return RaidLog.add("RAID_LOG.md", Optional.of(now), entry(kind, text));
    }

    private static RaidLog.Entry entry(RaidKind kind, String text) {
        return new RaidLog.Entry(kind, text, new LinkedHashMap<>(), "/deploy", AT);
    }
}
