package dev.wharfinger.ledger;

import static dev.wharfinger.ledger.Texts.assertOnlyInserted;
import static dev.wharfinger.ledger.Texts.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.markdown.Outline;
import dev.wharfinger.markdown.Section;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Every writer against files of any content: what was there stays byte by byte and means the same,
 * or the file is refused as one that cannot be written.
 */
class LogBytesTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:11:12Z");
    private static final List<String> PARTS =
            List.of(
                    "# Log",
                    "## Risks",
                    "### Deep",
                    "## 2026-11-20 — /test → /deploy",
                    "## Bugs",
                    "## Issues",
                    "## Deployment log",
                    "## Patterns",
                    "| Date | Agent | Event | Notes |",
                    "| ID | Risk | Status |",
                    "| Date | Version | Env |",
                    "| From | To | Notes |",
                    "|---|---|---|",
                    "|---|---|---|---|",
                    "| 2026-11-20 | /test | a | b |",
                    "| R-1 | x | open |",
                    "|x|",
                    "- 2026-11-20 did",
                    "- **R-1**: x",
                    "* item",
                    "1. one",
                    "9. nine",
                    "- [ ] todo",
                    "  - nested",
                    "    deep",
                    "> quote",
                    "> | a | b |",
                    "> |---|---|",
                    "```",
                    "~~~",
                    "---",
                    "===",
                    "",
                    "",
                    "",
                    "prose",
                    "Newest first.",
                    "append only",
                    "<!--",
                    "-->",
                    "<details>",
                    "</details>",
                    "\ttab",
                    "[a]: b",
                    "| a \\| b | c",
                    "trailing  ",
                    "💤 | x",
                    "Setext",
                    "=====");

    @Test
    void whatWasThereStaysOrTheFileIsRefused() throws Exception {
        long seed = Texts.seed(LogBytesTest.class);
        var random = new Random(seed);
        int written = 0;
        for (int round = 0; round < 1_500; round++) {
            var before = bytes(file(random));
            for (var writer : writers(before)) {
                written += check(before, writer, "seed " + seed + " round " + round);
            }
        }
        assertThat(written).as("seed " + seed).isGreaterThan(5_000);
    }

    private interface Writer {
        Written write() throws LedgerUnwritable;
    }

    private static List<Writer> writers(byte[] before) {
        var now = Optional.of(before);
        var row = new SessionRow(AT, "/deploy", SessionEvent.START, "begins", "S-1");
        var entry = new RaidLog.Entry(RaidKind.RISK, "disk", new LinkedHashMap<>(), "/deploy", AT);
        var ticket = new Ticket("broken", "high", "/build", AT, List.of(), "");
        var run = new RunbookRow(AT, "1.2.3", "staging", "abc", "9f", "live", "", "/deploy", "");
        List<String> none = List.of();
        var briefing =
                new Briefing(
                        AT,
                        "/deploy",
                        "/ux",
                        "shipped-staging",
                        "text",
                        List.of("a"),
                        none,
                        none,
                        none,
                        none,
                        none,
                        Optional.empty());
        return List.of(
                () -> SessionLog.append("x.md", now, row),
                () -> RaidLog.add("x.md", now, entry),
                () -> Plan.parse("x.md", before).withBugTicket(ticket),
                () -> Runbook.add("x.md", now, run),
                () -> Memory.add("x.md", now, "/deploy", "text", AT),
                () -> HandoffNotes.add("x.md", now, briefing));
    }

    private static int check(byte[] before, Writer writer, String where) throws Exception {
        Written written;
        try {
            written = writer.write();
        } catch (LedgerUnwritable refused) {
            assertThat(refused.reason()).isNotBlank();
            return 0;
        }
        assertOnlyInserted(before, written.bytes(), where);
        var titles = titles(written.bytes());
        for (var title : titles(before)) {
            assertThat(titles.remove(title)).as(where + Texts.text(written.bytes())).isTrue();
        }
        assertThat(titles.size()).as(where).isLessThanOrEqualTo(1);
        var lines = Texts.text(written.bytes()).split("\\R", -1);
        var shown = lines[written.line() - 1].strip().replace("\uFEFF", "");
        assertThat(written.row().lines().findFirst()).as(where).contains(shown);
        return 1;
    }

    private static List<String> titles(byte[] bytes) throws Exception {
        var text = Texts.text(bytes).replace("\uFEFF", "");
        return new ArrayList<>(
                Outline.parse("x.md", text).allSections().map(Section::title).toList());
    }

    private static String file(Random random) {
        var lines = new ArrayList<String>();
        for (int i = random.nextInt(14); i > 0; i--) {
            lines.add(PARTS.get(random.nextInt(PARTS.size())));
        }
        var end = Texts.one(random, "\n", "\r\n");
        return (random.nextInt(9) == 0 ? "\uFEFF" : "")
                + String.join(end, lines)
                + Texts.one(random, "", end, end + end);
    }
}
