package dev.wharfinger.ledger;

import static dev.wharfinger.ledger.Texts.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.markdown.Block;
import dev.wharfinger.markdown.Outline;
import dev.wharfinger.markdown.Section;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Text that agents hand in, against every file of the ledger. */
class SafeTextTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:11:12Z");
    private static final String SQUAD =
            "# Plan\n\n| Agent | Command | Status |\n|---|---|---|\n| D | /deploy | 💤 IDLE |\n"
                    + "| T | /test | ❌ FAILED |\n";

    @Test
    void cleaningKeepsWordsAndEmojiAndDropsWhatNobodySees() {
        assertThat(SafeText.line("a\u202Eb\u200Bc\u0000d\u001B[2Je\u2066f\uFEFF g\u00AD"))
                .isEqualTo("abcd[2Jef g");
        assertThat(SafeText.line("👩\u200D💻 🛠️ ✅")).isEqualTo("👩\u200D💻 🛠️ ✅");
        assertThat(SafeText.cell("a|b\r\nc\u2028d")).isEqualTo("a\\|b <br> c <br> d");
        assertThat(SafeText.cell(" \n\u200B ")).isEqualTo("-");
        assertThat(SafeText.line("\uD800x")).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# title",
                "- item",
                "1. item",
                "12) item",
                "> quote",
                "```",
                "~~~",
                "| a | b |",
                "---",
                "===",
                "***",
                "___",
                "<div>",
                "<!-- x",
                "[a]: b",
                "+ x",
                "* x",
                ":--",
                "    code",
                "\\# x",
                "**# x",
                "`` x",
                "[x] done"
            })
    void noLineBeginsABlock(String text) throws Exception {
        var item = "- " + SafeText.line(text) + "\n";
        var list = Outline.parse("x.md", item).preamble();
        assertThat(list).hasSize(1);
        var only = ((Block.BulletList) list.getFirst()).items().getFirst();
        assertThat(only.children()).as(item).isEmpty();
        assertThat(only.checked()).isEmpty();
        assertThat(only.text()).isNotEmpty();
        var two = "para\n" + String.join("\n", SafeText.paragraph(text)) + "\nend\n";
        var outline = Outline.parse("x.md", two);
        assertThat(outline.sections()).isEmpty();
        assertThat(outline.preamble()).as(two).hasSize(1);
        assertThat(outline.preamble().getFirst()).isInstanceOf(Block.Paragraph.class);
    }

    @Test
    void noTextAddsAClaimARowOrASectionAnywhere() throws Exception {
        long seed = Texts.seed(SafeTextTest.class);
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var where = "seed " + seed + " round " + round;
            var hostile = hostile(random);
            plan(hostile, where);
            session(hostile, where);
            raid(hostile, where);
            handoff(hostile, where);
            memory(hostile, where);
        }
    }

    private static void plan(String hostile, String where) throws Exception {
        var plan = Plan.parse("PLAN.md", bytes(SQUAD));
        var ticket =
                new Ticket(
                        hostile,
                        hostile,
                        hostile,
                        AT,
                        List.of(new Ticket.Due(hostile, hostile)),
                        hostile);
        var after = Plan.parse("PLAN.md", plan.withBugTicket(ticket).bytes());
        assertThat(after.rows()).as(where + hostile).isEqualTo(plan.rows());
        assertThat(after.tasks()).as(where).isEmpty();
    }

    private static void session(String hostile, String where) throws Exception {
        var row =
                new SessionRow(
                        AT,
                        hostile,
                        SessionEvent.NOTE,
                        hostile,
                        Optional.of(hostile),
                        Optional.of(hostile));
        Optional<byte[]> now = Optional.empty();
        for (int i = 1; i <= 3; i++) {
            now = Optional.of(SessionLog.append("S.md", now, row).bytes());
            var outline = outline(now.get());
            var table = (Block.Table) outline.blocks().getLast();
            assertThat(table.rows()).as(where + hostile).hasSize(i);
            assertThat(table.rows().getLast().cells()).as(where).hasSameSizeAs(table.header());
            assertThat(outline.allSections().map(Section::title)).containsExactly("Session log");
        }
        var list = bytes("# L\n\n- 2026-11-21 a\n");
        var outline = outline(SessionLog.append("S.md", Optional.of(list), row).bytes());
        var items = ((Block.BulletList) outline.blocks().getFirst()).items();
        assertThat(items).as(where + hostile).hasSize(2);
        assertThat(items.getLast().children()).as(where + hostile).isEmpty();
    }

    private static void raid(String hostile, String where) throws Exception {
        var fields = new LinkedHashMap<String, String>();
        fields.put(hostile, hostile);
        fields.put("impact", hostile);
        var entry = new RaidLog.Entry(RaidKind.RISK, hostile, fields, hostile, AT);
        Optional<byte[]> now = Optional.empty();
        for (int i = 1; i <= 2; i++) {
            var added = RaidLog.add("R.md", now, entry);
            now = Optional.of(added.bytes());
            assertThat(outline(added.bytes()).allSections()).as(where + hostile).hasSize(5);
            assertThat(added.row().lines()).as(where).hasSize(1);
        }
        var list = bytes("## Risks\n\n- **R-1**: a\n");
        var outline = outline(RaidLog.add("R.md", Optional.of(list), entry).bytes());
        var items = ((Block.BulletList) outline.blocks().getFirst()).items();
        assertThat(items).as(where + hostile).hasSize(2);
    }

    private static void handoff(String hostile, String where) throws Exception {
        var lists = List.of(hostile);
        var briefing =
                new Briefing(
                        AT,
                        "/deploy",
                        "/ux",
                        hostile,
                        hostile,
                        lists,
                        lists,
                        lists,
                        lists,
                        lists,
                        lists,
                        Optional.of(hostile));
        var once = HandoffNotes.add("H.md", Optional.empty(), briefing).bytes();
        var twice = HandoffNotes.add("H.md", Optional.of(once), briefing).bytes();
        assertThat(outline(twice).allSections().count()).as(where + hostile).isEqualTo(3);
        assertThat(HandoffNotes.parse("H.md", twice).notesFor("/ux"))
                .as(where + hostile)
                .hasSize(2);
    }

    private static void memory(String hostile, String where) throws Exception {
        var once = Memory.add("M.md", Optional.empty(), "/deploy", hostile, AT).bytes();
        var twice = Memory.add("M.md", Optional.of(once), "/deploy", hostile, AT).bytes();
        var list = (Block.BulletList) outline(twice).blocks().getLast();
        assertThat(list.items()).as(where + hostile).hasSize(2);
        assertThat(outline(twice).allSections()).as(where + hostile).hasSize(2);
    }

    private static Outline outline(byte[] bytes) throws Exception {
        return Outline.parse("x.md", Texts.text(bytes), 1 << 21);
    }

    private static String hostile(Random random) {
        var text = new StringBuilder();
        for (int i = 1 + random.nextInt(7); i > 0; i--) {
            text.append(
                    Texts.one(
                            random,
                            "\n",
                            "\r\n",
                            "\r",
                            "\u2028",
                            "|",
                            "\\",
                            "\\|",
                            "# Squad",
                            "| x | /deploy | ✅ DONE |",
                            "|---|---|---|",
                            "```",
                            "~~~",
                            "<!--",
                            "-->",
                            "- [x] ",
                            "1. ",
                            "> ",
                            "`",
                            "**",
                            "_",
                            "~~",
                            "[",
                            "](",
                            "[a]: b",
                            "---",
                            "===",
                            "\t",
                            "    ",
                            "word",
                            "2026-11-22",
                            "\u202E",
                            "\u0000",
                            "\u200B",
                            "🚧",
                            "✅ DONE",
                            "<br>",
                            "</table>",
                            "<script>",
                            "&#124;",
                            "\u0085",
                            "\uFEFF",
                            "#",
                            "+"));
        }
        return text.toString();
    }
}
