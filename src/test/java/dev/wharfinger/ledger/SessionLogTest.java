package dev.wharfinger.ledger;

import static dev.wharfinger.ledger.Texts.assertOnlyInserted;
import static dev.wharfinger.ledger.Texts.bytes;
import static dev.wharfinger.ledger.Texts.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Optional;

class SessionLogTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:11:12Z");
    private static final SessionRow START =
            new SessionRow(AT, "/deploy", SessionEvent.START, "deploying v1.2.3", "S-7");
    private static final SessionRow PHASE =
            new SessionRow(
                    AT,
                    "/deploy",
                    SessionEvent.PHASE,
                    "3 Staging Deployment",
                    Optional.of("Staging live"),
                    Optional.of("S-7"));

    @Test
    void aMissingFileIsMadeFromItsTemplate() throws Exception {
        var first = SessionLog.append("SESSION_LOG.md", Optional.empty(), START);
        assertThat(first.row())
                .isEqualTo(
                        "| 2026-11-22 10:11 UTC | /deploy | Session start | deploying v1.2.3 | - |"
                                + " S-7 |");
        var second = SessionLog.append("SESSION_LOG.md", Optional.of(first.bytes()), PHASE);
        assertThat(text(second))
                .endsWith(
                        first.row()
                                + "\n"
                                + "| 2026-11-22 10:11 UTC | /deploy | Phase | 3 Staging Deployment"
                                + " | Staging live | S-7 |\n");
        assertThat(second.line()).isEqualTo(first.line() + 1);
    }

    @Test
    void aTableThatHasTheNewestFirstGetsTheRowAtItsTop() throws Exception {
        var log =
                """
                | Date | Who | What |
                |---|---|---|
                | 2026-11-21 | /test | b |
                | 2026-11-20 | /build | a |

                tail
                """;
        for (var before : Texts.shapes(log)) {
            var after = append(before, PHASE);
            assertOnlyInserted(before, after.bytes(), "newest first");
            assertThat(after.line()).isEqualTo(3);
            assertThat(after.row())
                    .isEqualTo(
                            "| 2026-11-22 | /deploy | 3 Staging Deployment (event: Phase; output:"
                                    + " Staging live; shift: S-7) |");
        }
    }

    @Test
    void aTableThatHasTheNewestLastGetsTheRowAtItsEnd() throws Exception {
        var log =
                "| Time | Agent | Event | Notes |\n|---|---|---|---|\n"
                        + "| 2026-11-20T08:00Z | a | b | c |\n| 2026-11-21T08:00Z | a | b | c |\n";
        for (var before : Texts.shapes(log)) {
            var after = append(before, START);
            assertOnlyInserted(before, after.bytes(), "newest last");
            assertThat(after.line()).isEqualTo(5);
            assertThat(after.row())
                    .isEqualTo(
                            "| 2026-11-22T10:11Z | /deploy | Session start | deploying v1.2.3"
                                    + " (shift: S-7) |");
        }
    }

    @Test
    void dateAndTimeInTwoColumnsAreFilledBoth() throws Exception {
        var after =
                append(
                        bytes(
                                "Date | Time | Agent | Notes\n--- | --- | --- | ---\n"
                                        + "2026-01-01 | 08:00 | x | y\n"),
                        START);
        assertThat(after.row()).startsWith("2026-11-22 | 10:11 UTC | /deploy | deploying");
    }

    @Test
    void aListGetsAnItemInItsOwnMarks() throws Exception {
        var log =
                "# Log\n\n* 2026-11-21 09:00 /test: ran\n\n* 2026-11-20 09:00 /build: ran\n\nend\n";
        for (var before : Texts.shapes(log)) {
            var after = append(before, START);
            assertOnlyInserted(before, after.bytes(), "list");
            assertThat(after.row())
                    .isEqualTo(
                            "* 2026-11-22 10:11 UTC /deploy: Session start — deploying v1.2.3"
                                    + " (S-7)");
            assertThat(after.line()).isEqualTo(3);
        }
    }

    @Test
    void aSectionADayIsKept() throws Exception {
        var log = "# Log\n\n## 2026-11-20\n\n- 08:00 x\n\n## 2026-11-21\n\n- 09:00 y\n";
        for (var before : Texts.shapes(log)) {
            var first = append(before, START);
            assertOnlyInserted(before, first.bytes(), "day");
            assertThat(first.row().lines())
                    .containsSequence(
                            "## 2026-11-22",
                            "",
                            "- 10:11 UTC " + "/deploy: Session start — deploying v1.2.3 (S-7)");
            var second = append(first.bytes(), PHASE);
            assertOnlyInserted(first.bytes(), second.bytes(), "same day");
            assertThat(second.row())
                    .isEqualTo(
                            "- 10:11 UTC /deploy: Phase — 3 Staging Deployment → Staging live"
                                    + " (S-7)");
        }
    }

    @Test
    void aFileWithoutEntriesGetsTheTable() throws Exception {
        for (var log : new String[] {"", "# Our log", "# Our log\n\nsome words\n"}) {
            var after = append(bytes(log), START);
            assertThat(text(after)).startsWith(log).contains("| Time | Agent |");
            assertOnlyInserted(after.bytes(), append(after.bytes(), PHASE).bytes(), "second row");
        }
    }

    @Test
    void aDatedTableThatNobodyUnderstandsIsRefusedWithItsLine() {
        assertThatThrownBy(() ->
                        append(bytes("x\n\n| Foo | Bar |\n|---|---|\n| 2026-01-01 | z |\n"), START))
                .isInstanceOfSatisfying(
                        LedgerUnwritable.class, refused -> assertThat(refused.line()).isEqualTo(3));
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() {
        assertThatThrownBy(() -> append(new byte[] {'a', '\n', (byte) 0xE4, '\n'}, START))
                .isInstanceOfSatisfying(
                        LedgerUnwritable.class, refused -> assertThat(refused.line()).isEqualTo(2));
    }

    private static Written append(byte[] now, SessionRow row) throws LedgerUnwritable {
        return SessionLog.append("SESSION_LOG.md", Optional.of(now), row);
    }
}
