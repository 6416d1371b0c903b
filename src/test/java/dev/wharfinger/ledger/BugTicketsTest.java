package dev.wharfinger.ledger;

import static dev.wharfinger.ledger.Texts.assertOnlyInserted;
import static dev.wharfinger.ledger.Texts.bytes;
import static dev.wharfinger.ledger.Texts.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class BugTicketsTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final Ticket TICKET =
            new Ticket(
                    "v1.3.0 fails its smoke test",
                    "critical",
                    "/build",
                    AT,
                    List.of(
                            new Ticket.Due("root cause", AT.plusSeconds(3600)),
                            new Ticket.Due("regression test", "/retro")),
                    "");
    private static final String DUE = "root cause: 2026-11-22 11:00 UTC; regression test: /retro";

    @Test
    void aTableOfBugsGetsARow() throws Exception {
        var plan =
                """
                # Plan
                ## 🐛 Known bugs
                | Key | Title | Prio |
                |-----|-------|------|
                | BUG-7 | x | low |
                ## Next
                """;
        for (var before : Texts.shapes(plan)) {
            var added = Plan.parse("PLAN.md", before).withBugTicket(TICKET);
            assertOnlyInserted(before, added.bytes(), "table");
            assertThat(added.id()).contains("BUG-8");
            assertThat(added.row())
                    .startsWith("| BUG-8 | v1.3.0 fails its smoke test (owner: /build;")
                    .contains(DUE)
                    .endsWith("| critical |");
        }
    }

    @Test
    void aListOfBugsGetsAnItem() throws Exception {
        var plan = "# Plan\n\n## Bugs\n\n- [ ] BUG-01 - a\n- [x] BUG-02 - b\n\n## Next\n";
        for (var before : Texts.shapes(plan)) {
            var added = Plan.parse("PLAN.md", before).withBugTicket(TICKET);
            assertOnlyInserted(before, added.bytes(), "list");
            assertThat(added.row())
                    .isEqualTo(
                            "- [ ] BUG-03 - v1.3.0 fails its smoke test (critical, /build, opened"
                                    + " 2026-11-22 10:00 UTC; due: "
                                    + DUE
                                    + ")");
        }
    }

    @Test
    void aPlanWithoutBugsGetsASectionAndItsSquadStaysTheSquad() throws Exception {
        var squad =
                "# Plan\n\n"
                        + "| Agent | Command | Status |\n"
                        + "|---|---|---|\n"
                        + "| D | /deploy | 💤 IDLE |\n";
        for (var before : Texts.shapes(squad)) {
            var plan = Plan.parse("PLAN.md", before);
            var added = plan.withBugTicket(TICKET);
            assertOnlyInserted(before, added.bytes(), "section");
            var after = Plan.parse("PLAN.md", added.bytes());
            assertThat(after.rows()).isEqualTo(plan.rows());
            assertThat(text(added)).contains("## Bugs");
            var second = after.withBugTicket(TICKET);
            assertThat(second.id()).contains("BUG-002");
            assertThat(
                            Plan.statusCellsEqual(
                                    "PLAN.md", java.util.Optional.of(before), second.bytes()))
                    .isTrue();
        }
    }

    @Test
    void theTemplateTakesTickets() throws Exception {
        var added = Plan.parse("PLAN.md", LedgerFile.PLAN.template()).withBugTicket(TICKET);
        assertThat(added.row())
                .isEqualTo(
                        "| BUG-001 | v1.3.0 fails its smoke test | critical | /build | OPEN |"
                                + " 2026-11-22 10:00 UTC | "
                                + DUE
                                + " |");
    }

    @Test
    void aPlanThatCannotBeReadIsRefused() {
        var plan = Plan.parse("PLAN.md", bytes("---\na: [\n---\n"));
        assertThatThrownBy(() -> plan.withBugTicket(TICKET)).isInstanceOf(LedgerUnwritable.class);
    }
}
