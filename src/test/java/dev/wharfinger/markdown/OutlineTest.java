package dev.wharfinger.markdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.Random;

class OutlineTest {
    @Test
    void nestsSectionsBelowTheirHeadingsWithExactLines() throws Exception {
        var outline =
                Outline.parse(
                        "P.md",
                        """
                        before

                        # Plan
                        one
                        ## 🛡️ Quality Gate (all)
                        two

                        ## Next
                        # Second
                        """);
        assertThat(outline.preamble()).hasSize(1);
        assertThat(outline.sections()).extracting(Section::title).containsExactly("Plan", "Second");
        var plan = outline.sections().getFirst();
        assertThat(plan.line()).isEqualTo(3);
        assertThat(plan.endLine()).isEqualTo(8);
        var gate = outline.section("quality gate").orElseThrow();
        assertThat(gate.title()).isEqualTo("🛡️ Quality Gate (all)");
        assertThat(gate.line()).isEqualTo(5);
        assertThat(gate.endLine()).isEqualTo(7);
        assertThat(gate.blocks()).hasSize(1);
        assertThat(outline.section("qual")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void cellsAreBoundedWithinTheirLineWhateverEndsTheLine(String end) throws Exception {
        var text =
                String.join(end, "x", "", "| A | B |", "|---|---|", "| **a** |  💤 b\\|c |", "| d");
        var outline = Outline.parse("P.md", text);
        var table = (Block.Table) outline.preamble().get(1);
        assertThat(table.line()).isEqualTo(3);
        assertThat(table.rows()).hasSize(2);
        var cell = table.rows().getFirst().cells().get(1);
        assertThat(cell.text()).isEqualTo("💤 b|c");
        assertThat(outline.lines().get(cell.line() - 1).substring(cell.start(), cell.end()))
                .isEqualTo("  💤 b\\|c ");
        assertThat(table.rows().get(0).cells().getFirst().text()).isEqualTo("a");
        assertThat(table.rows().get(1).cells()).hasSize(1);
    }

    @Test
    void anEmptyCellHasItsPlaceAndAMissingOneIsNotThere() throws Exception {
        var outline = Outline.parse("P.md", "| A | B | C |\n|---|---|---|\n||b||\n| a ||\n a |\n");
        var rows = ((Block.Table) outline.preamble().getFirst()).rows();
        assertThat(rows.get(0).cells())
                .containsExactly(
                        new Cell(3, 1, 1, ""), new Cell(3, 2, 3, "b"), new Cell(3, 4, 4, ""));
        assertThat(rows.get(1).cells())
                .containsExactly(new Cell(4, 1, 4, "a"), new Cell(4, 5, 5, ""));
        assertThat(rows.get(2).cells()).containsExactly(new Cell(5, 1, 3, "a"));
    }

    @Test
    void aTableInAQuoteOrAnItemKeepsItsPlaceInTheLine() throws Exception {
        var outline = Outline.parse("P.md", "> | A | B |\n> |---|---|\n> | c | d |\n");
        var quote = (Block.Quote) outline.preamble().getFirst();
        var table = (Block.Table) quote.blocks().getFirst();
        var cell = table.rows().getFirst().cells().get(1);
        assertThat(outline.lines().get(2).substring(cell.start(), cell.end())).isEqualTo(" d ");
    }

    @Test
    void tasksAndNumbersAreKept() throws Exception {
        var outline =
                Outline.parse(
                        "P.md",
                        "3. [ ] **Load:** `view_file(\"a_b\")` — x\n"
                                + "4. [x] done\n"
                                + "   - sub\n"
                                + "5. plain\n");
        var list = (Block.BulletList) outline.preamble().getFirst();
        assertThat(list.ordered()).isTrue();
        assertThat(list.items())
                .extracting(Item::number)
                .containsExactly(Optional.of(3), Optional.of(4), Optional.of(5));
        assertThat(list.items())
                .extracting(Item::checked)
                .containsExactly(Optional.of(false), Optional.of(true), Optional.empty());
        assertThat(list.items().getFirst().text()).isEqualTo("Load: `view_file(\"a_b\")` — x");
        assertThat(list.items().get(1).children()).hasSize(1);
        assertThat(list.items().get(1).endLine()).isEqualTo(3);
    }

    @Test
    void whatLooksLikeATableInsideCodeOrACommentIsNone() throws Exception {
        var outline =
                Outline.parse(
                        "P.md",
                        "```md\n| A |\n|---|\n| b |\n```\n\n<!--\n| A |\n|---|\n| b |\n-->\n");
        assertThat(outline.preamble()).noneMatch(Block.Table.class::isInstance);
        assertThat(outline.preamble().getFirst()).isInstanceOf(Block.Code.class);
        assertThat(outline.preamble().get(1)).isInstanceOf(Block.Other.class);
    }

    @Test
    void frontMatterIsReadAndTheLinesBelowStayTrue() throws Exception {
        var outline = Outline.parse("d.md", "---\ndescription: a b\nlist: [1, two]\n---\n\n# T\n");
        var front = outline.frontMatter().orElseThrow();
        assertThat(front.text("description")).contains("a b");
        assertThat(front.values().get("list")).isEqualTo(List.of(1L, "two"));
        assertThat(front.lines()).containsEntry("list", 3);
        assertThat(front.endLine()).isEqualTo(4);
        assertThat(outline.sections().getFirst().line()).isEqualTo(6);
    }

    @Test
    void aRuleAtTheTopIsNoFrontMatter() throws Exception {
        assertThat(Outline.parse("d.md", "---\n\nsome words\n\n---\n# T\n").frontMatter())
                .isEmpty();
        assertThat(Outline.parse("d.md", "---\na: b\n").frontMatter()).isEmpty();
    }

    @Test
    void brokenFrontMatterIsRefusedWithItsLine() {
        assertThatThrownBy(() -> Outline.parse("d.md", "---\na: 1\na: 2\n---\n"))
                .isInstanceOfSatisfying(
                        MarkdownUnreadable.class,
                        refused -> {
                            assertThat(refused.line()).isEqualTo(3);
                            assertThat(refused.tooLarge()).isFalse();
                            assertThat(refused.reason()).contains("already set in line 2");
                        });
    }

    @Test
    void sizeIsCountedInBytesAgainstTheLimitOfTheCaller() throws Exception {
        Outline.parse("d.md", "ää", 4);
        assertThatThrownBy(() -> Outline.parse("d.md", "äää", 5))
                .isInstanceOfSatisfying(
                        MarkdownUnreadable.class,
                        refused -> assertThat(refused.tooLarge()).isTrue());
    }

    @Test
    void aParagraphThatTheLibraryWouldCopyForSecondsIsRefusedWithItsLine() throws Exception {
        var rows = "| a | b |\n";
        assertThatThrownBy(() -> Outline.parse("d.md", "\n" + rows.repeat(3_000)))
                .isInstanceOfSatisfying(
                        MarkdownUnreadable.class,
                        refused -> {
                            assertThat(refused.reason()).contains("paragraph of more than");
                            assertThat(refused.line()).isBetween(1_000, 1_010);
                        });
        Outline.parse("d.md", "| a | b |\n|---|---|\n" + rows.repeat(3_000));
        Outline.parse("d.md", (rows.repeat(900) + "\n").repeat(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "> ",
                "- ",
                "[a](b",
                "*a **a",
                "`",
                "``` `",
                "[",
                "](",
                "![",
                "_a",
                "\\",
                "| ",
                "[a]: b\n",
                "<",
                "<!--",
                "&",
                "1. ",
                "*",
                "a*_",
                "|-\n",
                "| a |\n",
                "[a\n",
                "- [ ] ",
                "\t",
                "**`",
                "\u0000"
            })
    void hostilePatternsEndWithoutAnOverflow(String pattern) throws Exception {
        int size = 1 << 18;
        var text = pattern.repeat(size / pattern.length());
        assertThat(linesOf(text)).isPositive();
    }

    @Test
    void everyLineAndOffsetOfSeededNoiseLiesInsideTheFile() throws Exception {
        long seed = Long.getLong("wharf.seed", 20261126L);
        System.out.println("OutlineTest seed " + seed);
        var random = new Random(seed);
        var parts =
                List.of(
                        "# ",
                        "## ",
                        "| ",
                        "|---|---|",
                        "- ",
                        "- [x] ",
                        "1. ",
                        "> ",
                        "```",
                        "\n",
                        "\r\n",
                        "\r",
                        "\n\n",
                        "💤",
                        "\\|",
                        "`",
                        "**",
                        "a",
                        " ",
                        "---\n",
                        "\t",
                        "ß",
                        "<!--",
                        "-->",
                        "[a]: b");
        for (int round = 0; round < 3_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(parts.get(random.nextInt(parts.size())));
            }
            var outline = parseOrEmpty(text.toString());
            for (var block : outline.blocks()) {
                check(outline, block, "seed " + seed + " round " + round);
            }
        }
    }

    private static int linesOf(String text) {
        try {
            return Outline.parse("h.md", text).lines().size();
        } catch (MarkdownUnreadable paragraph) {
            return paragraph.line();
        }
    }

    private static Outline parseOrEmpty(String text) throws MarkdownUnreadable {
        try {
            return Outline.parse("n.md", text);
        } catch (MarkdownUnreadable frontMatter) {
            assertThat(frontMatter.reason()).startsWith("the front matter is broken");
            return Outline.parse("n.md", "");
        }
    }

    private static void check(Outline outline, Block block, String where) {
        assertThat(block.line()).as(where).isBetween(1, block.endLine());
        assertThat(block.endLine()).as(where).isLessThanOrEqualTo(outline.lines().size());
        switch (block) {
            case Block.Table table ->
                    table.rows()
                            .forEach(row ->
                                    row.cells()
                                            .forEach(cell ->
                                                    assertThat(cell.end())
                                                            .as(where)
                                                            .isLessThanOrEqualTo(
                                                                    outline.lines()
                                                                            .get(cell.line() - 1)
                                                                            .length())));
            case Block.Quote quote -> quote.blocks().forEach(inner -> check(outline, inner, where));
            case Block.BulletList list ->
                    list.items()
                            .forEach(item ->
                                    item.children().forEach(inner -> check(outline, inner, where)));
            default -> {}
        }
    }
}
