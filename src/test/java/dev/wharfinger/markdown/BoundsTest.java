package dev.wharfinger.markdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a file may cost is bounded by counts, not by a clock: the same file is refused at the same
 * line on every machine.
 */
class BoundsTest {
    private static final int LEDGER = 2 << 20;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- a\n",
                "  - a\n",
                "- - - - a\n",
                "> a\n\n",
                "> > > a\n\n",
                "# a\n",
                "a\n===\n",
                "- a\n  1. b\n     > c\n",
                "1. a\n   - b\n",
                "```\n",
                "|-\n",
                "<a>\n\n",
                "| a |\n|---|\n\n",
                "[a]: b\n",
                "a\n",
                "\n",
                "- [ ] \n"
            })
    void twoMebibytesOfNothingButBlocksAreRefusedWithALine(String pattern) {
        assertThatThrownBy(() ->
                        Outline.parse("h.md", pattern.repeat(LEDGER / pattern.length()), LEDGER))
                .isInstanceOfSatisfying(
                        MarkdownUnreadable.class,
                        refused -> {
                            assertThat(refused.line()).isBetween(1, Outline.LINE_LIMIT + 1);
                            assertThat(refused.reason()).contains("more than");
                        });
    }

    @Test
    void manyBlocksOnFewLinesAreCountedToo() {
        String deep = "- ".repeat(20) + "a\n\n";
        assertThatThrownBy(() -> Outline.parse("h.md", deep.repeat(30_000), LEDGER))
                .isInstanceOfSatisfying(
                        MarkdownUnreadable.class,
                        refused -> {
                            assertThat(refused.reason()).contains("blocks up to here");
                            assertThat(refused.line()).isBetween(5_000, 20_000);
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| 2026-11-23 10:00 | /deploy | PHASE | 3 Staging Deployment | Staging live |\n",
                "- [x] Step 1: measure how long it takes (`wharf bench`), then write it down\n",
                "A paragraph of a team that writes whole sentences into its ledger files.\n\n"
            })
    void aLedgerOfTwoMebibytesThatPeopleWroteIsRead(String line) throws Exception {
        String head = line.startsWith("|") ? "| a | b | c | d | e |\n|---|---|---|---|---|\n" : "";
        Outline read =
                Outline.parse("h.md", head + line.repeat(LEDGER / line.length() - 2), LEDGER);
        assertThat(read.lines().size()).isGreaterThan(25_000);
        assertThat(read.blocks()).isNotEmpty();
    }
}
