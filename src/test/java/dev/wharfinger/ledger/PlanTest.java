package dev.wharfinger.ledger;

import static dev.wharfinger.ledger.Texts.bytes;
import static dev.wharfinger.ledger.Texts.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wharfinger.persona.StatusWord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class PlanTest {
    private static final String SQUAD =
            """
            # Plan

            | Agent | Command | Status |
            |---|---|---|
            | **Tester** | /test | ✅ DONE |
            | **DevOps** | /deploy | 💤 IDLE |
            """;

    @Test
    void readsCommandsAgentsAndStatuses() {
        var plan = plan(SQUAD);
        assertThat(plan.rows()).hasSize(2);
        var row = plan.row("/deploy").orElseThrow();
        assertThat(row.agent()).isEqualTo("DevOps");
        assertThat(row.status()).contains(StatusWord.IDLE);
        assertThat(row.source()).hasToString("PLAN.md:6");
        assertThat(plan.row("/ux")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| **DevOps** | /deploy | 💤 IDLE |",
                "| DevOps | `/deploy` | 💤 **IDLE** |",
                "| DevOps | 🚀 /deploy | 💤 IDLE | - | - |",
                "| DevOps | [/deploy](prompts/deploy.md) | `💤 IDLE` |",
                "|DevOps|/deploy|💤 IDLE|",
                "DevOps | /deploy | IDLE",
                "| a\\|b | /deploy | ðŸ’¤ IDLE |",
                "| DevOps | /deploy |   💤 idle      |",
                "| DevOps | /deploy | ?? IDLE |",
                "| DevOps | /deploy | 💤 |",
            })
    void rowsAreReadInTheLayoutsThatProjectsUse(String row) {
        var plan = plan("| Agent | Command | Status |\n|---|---|---|\n" + row + "\n");
        assertThat(plan.row("/deploy").orElseThrow().status()).contains(StatusWord.IDLE);
    }

    @Test
    void aTableThatBeginsWithTheCommandAndHasNoAgentIsRead() throws Exception {
        var text =
                "| Persona | Status | Task | Notes |\r\n"
                        + "| --- | --- | --- | --- |\r\n"
                        + "| 🚀 /deploy | 💤 IDLE | - | - |\r\n"
                        + "| 🧪 /test | ✅ DONE | x | see /deploy |\r\n";
        var plan = plan(text);
        assertThat(plan.rows()).extracting(SquadRow::command).containsExactly("/deploy", "/test");
        assertThat(text(plan.withStatus("/deploy", "🛠️", "ACTIVE")))
                .isEqualTo(text.replace("💤 IDLE", "🛠️ ACTIVE"));
    }

    private static final String LISTED =
            """
            # Plan

            ## Squad

            - 🧪 /test: ✅ DONE
            - 🚀 /deploy: 💤 IDLE
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- 🚀 /deploy: 💤 IDLE | - 🚀 /deploy: 🚨 ROLLBACK",
                "* **🚀 /deploy**: 💤 IDLE | * **🚀 /deploy**: 🚨 ROLLBACK",
                "+ `/deploy` — 💤 **IDLE** | + `/deploy` — 🚨 ROLLBACK",
                "+ `/deploy` — **💤 IDLE**, so far | + `/deploy` — **🚨 ROLLBACK**, so far",
                "1. DevOps (/deploy) – idle | 1. DevOps (/deploy) – 🚨 ROLLBACK",
                "- [/deploy](a/deploy.md): 💤 IDLE (late) | - [/deploy](a/deploy.md): 🚨 ROLLBACK"
                        + " (late)",
                "- /deploy = ðŸ’¤ IDLE | - /deploy = 🚨 ROLLBACK",
                "- /deploy: 💤 | - /deploy: 🚨 ROLLBACK",
                "- /deploy - **💤** | - /deploy - **🚨 ROLLBACK**",
                "- /deploy -> ?? IDLE | - /deploy -> 🚨 ROLLBACK",
            })
    void rowsOfAListAreReadAndOnlyTheStatusChanges(String row, String after) throws Exception {
        for (var before : Texts.shapes("# Plan\n\n" + row + "\n\nProse /ux: DONE\n")) {
            var plan = Plan.parse("PLAN.md", before);
            assertThat(plan.row("/deploy").orElseThrow().status()).contains(StatusWord.IDLE);
            assertThat(plan.rows()).hasSize(1);
            assertThat(text(plan.withStatus("/deploy", "🚨", "ROLLBACK")))
                    .isEqualTo(text(before).replace(row, after));
        }
    }

    @Test
    void aListIsReadOnlyWhereNoTableIsTheSquad() throws Exception {
        var plan = plan(SQUAD + "\n- /deploy: ✅ DONE\n- /ux: ✅ DONE\n");
        assertThat(plan.rows()).hasSize(2);
        assertThat(plan.row("/deploy").orElseThrow().status()).contains(StatusWord.IDLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- [ ] /deploy: DONE\n- [x] /test: DONE\n",
                "- /build: fix the parser\n- /test: write cases\n",
                "- see prompts/deploy.md: DONE\n",
                "- /deploy: DONE\n- one\n- two\n- three\n",
                "```\n- /deploy: DONE\n```\n",
            })
    void otherListsAreNoRows(String text) {
        assertThat(plan(text).rows()).isEmpty();
    }

    @Test
    void aListThatIsNotUnderstoodIsRefusedWithItsLine() {
        var plan = plan("# Plan\n\n- /test is almost there\n- /deploy sleeps\n");
        assertThat(plan.rows()).isEmpty();
        assertThatThrownBy(() -> plan.withStatus("/deploy", "❌", "FAILED"))
                .isInstanceOfSatisfying(
                        LedgerUnwritable.class,
                        no -> assertThat(no.source()).hasToString("PLAN.md:3"));
        var doubtful = plan(LISTED.replace("💤 IDLE", "IDLE or DONE?"));
        assertThat(doubtful.row("/deploy").orElseThrow().status()).isEmpty();
        assertThatThrownBy(() -> doubtful.withStatus("/deploy", "❌", "FAILED"))
                .isInstanceOfSatisfying(
                        LedgerUnwritable.class,
                        no -> assertThat(no.source()).hasToString("PLAN.md:6"));
    }

    @Test
    void theStatusesOfAListAreTheServersToo() {
        var forged = bytes(LISTED.replace("💤 IDLE", "✅ DONE"));
        assertThat(Plan.statusCellsEqual("PLAN.md", Optional.of(bytes(LISTED)), forged)).isFalse();
        var prose = bytes(LISTED + "\nMore.\n");
        assertThat(Plan.statusCellsEqual("PLAN.md", Optional.of(bytes(LISTED)), prose)).isTrue();
    }

    @Test
    void onlyTheCellThatChangesChanges() throws Exception {
        for (var before : Texts.shapes(SQUAD + "\nProse with trailing blanks  \n\n\n* x\n")) {
            var after = Plan.parse("PLAN.md", before).withStatus("/deploy", "🛠️", "ACTIVE");
            assertThat(text(after)).isEqualTo(text(before).replace("💤 IDLE", "🛠️ ACTIVE"));
        }
    }

    @Test
    void paddingOfAnAlignedTableKeepsItsRightEdge() throws Exception {
        var plan =
                plan(
                        """
                        | Command | Status      |
                        |---------|-------------|
                        | /deploy | 💤 IDLE     |
                        | /test   | **✅ DONE** |
                        """);
        assertThat(text(plan.withStatus("/deploy", "🚨", "ROLLBACK")))
                .contains("| /deploy | 🚨 ROLLBACK |\n");
        assertThat(text(plan.withStatus("/test", "❌", "FAILED"))).contains("| **❌ FAILED** |\n");
    }

    @Test
    void theSameStatusLeavesTheFileAsItIs() throws Exception {
        var odd = SQUAD.replace("💤 IDLE", "🛠 active (again)");
        assertThat(text(plan(odd).withStatus("/deploy", "🛠️", "ACTIVE"))).isEqualTo(odd);
    }

    @Test
    void lookAlikesInCodeAndCommentsAreNoRows() throws Exception {
        var text = "```\n" + SQUAD + "```\n\n<!--\n" + SQUAD + "-->\n\n" + SQUAD;
        var after = text(plan(text).withStatus("/deploy", "❌", "FAILED"));
        assertThat(after)
                .isEqualTo(text.substring(0, text.lastIndexOf("💤 IDLE")) + "❌ FAILED |\n");
    }

    @Test
    void taskAndBugTablesThatNameOwnersAreNotTheSquad() throws Exception {
        var plan =
                plan(
                        """
                        | Task | Owner | Status |
                        |---|---|---|
                        | build it | /build | ✅ DONE |
                        | ship it | /deploy | ✅ DONE |

                        """
                                + SQUAD
                                + """

                                | Outcome | Next Agent | Command | Trigger |
                                |---|---|---|---|
                                | ✅ Shipped | `/retro` | Run `/retro` | x |

                                | ID | Bug | Owner | Status |
                                |---|---|---|---|
                                | BUG-001 | x | /deploy | OPEN |
                                """);
        assertThat(plan.rows()).extracting(row -> row.source().line()).containsExactly(10, 11);
        assertThat(plan.tasks()).hasSize(2);
    }

    @Test
    void aPlanWithoutASquadIsReadableAndRefusedWithItsReasonWhenWritten() {
        var plan = plan("# Plan\n\n- [x] a\n- [ ] b\n");
        assertThat(plan.rows()).isEmpty();
        assertThat(plan.tasks()).extracting(Task::done).containsExactly(true, false);
        assertThatThrownBy(() -> plan.withStatus("/deploy", "✅", "DONE"))
                .isInstanceOf(LedgerUnwritable.class)
                .hasMessageContaining("no table names commands");
    }

    @Test
    void aMissingRowIsRefusedWithTheTablesLine() {
        assertThatThrownBy(() -> plan(SQUAD).withStatus("/ux", "✅", "DONE"))
                .isInstanceOfSatisfying(
                        LedgerUnwritable.class,
                        refused -> {
                            assertThat(refused.line()).isEqualTo(5);
                            assertThat(refused.reason()).contains("no row for `/ux`");
                        });
    }

    @Test
    void twoRowsForOneCommandAreShownClaimNothingAndAreRefusedWithTheSecondLine() {
        var plan = plan(SQUAD + "| Again | /deploy | ✅ DONE |\n");
        assertThat(plan.rows()).hasSize(3);
        assertThat(plan.row("/deploy")).isEmpty();
        assertThatThrownBy(() -> plan.withStatus("/deploy", "✅", "DONE"))
                .isInstanceOfSatisfying(
                        LedgerUnwritable.class, refused -> assertThat(refused.line()).isEqualTo(7));
    }

    @Test
    void twoSquadTablesOfTheSameKindHideNothingFromEachOther() {
        var plan = plan(SQUAD + "\n" + SQUAD.replace("💤 IDLE", "✅ DONE"));
        assertThat(plan.row("/deploy")).isEmpty();
        assertThat(plan.rows()).hasSize(4);
    }

    @Test
    void aRowWithoutItsStatusCellIsRefusedWithItsLine() {
        var plan =
                plan(
                        "| Agent | Command | Status |\n"
                                + "|---|---|---|\n"
                                + "| x | /deploy\n"
                                + "| y | /test | ✅ DONE |\n");
        assertThat(plan.row("/deploy").orElseThrow().status()).isEmpty();
        assertThatThrownBy(() -> plan.withStatus("/deploy", "✅", "DONE"))
                .isInstanceOfSatisfying(
                        LedgerUnwritable.class, refused -> assertThat(refused.line()).isEqualTo(3));
    }

    @Test
    void aFileThatIsNotUtf8IsReadAndRefusedWithItsLine() {
        var latin = SQUAD.replace("💤 IDLE", "IDLE für").replace("✅ ", "").getBytes(ISO_8859_1);
        var plan = Plan.parse("PLAN.md", latin);
        assertThat(plan.row("/test").orElseThrow().status()).contains(StatusWord.DONE);
        assertThat(plan.problem()).contains("PLAN.md:6: the line is not UTF-8");
        assertThatThrownBy(() -> plan.withStatus("/deploy", "✅", "DONE"))
                .isInstanceOfSatisfying(
                        LedgerUnwritable.class, refused -> assertThat(refused.line()).isEqualTo(6));
    }

    @Test
    void brokenFrontMatterIsReadableAndRefused() {
        var plan = plan("---\na: [\n---\n" + SQUAD);
        assertThat(plan.rows()).isEmpty();
        assertThat(plan.problem()).isPresent();
        assertThatThrownBy(() -> plan.withStatus("/deploy", "✅", "DONE"))
                .isInstanceOf(LedgerUnwritable.class);
    }

    @Test
    void theEmojiOfAPersonaFileCannotBreakTheRow() throws Exception {
        var after = text(plan(SQUAD).withStatus("/deploy", "🛠️|x\n# y", "ACTIVE"));
        assertThat(plan(after).rows()).hasSize(2);
        assertThat(plan(after).row("/deploy").orElseThrow().status()).contains(StatusWord.ACTIVE);
        assertThat(after.lines().count()).isEqualTo(SQUAD.lines().count());
    }

    @Test
    void factsChangeWithRowsAndBlockersAndWithNothingElse() {
        var facts = plan(SQUAD).factsDigest();
        assertThat(plan(SQUAD.replace("| **", "|  **") + "\nmore prose\n").factsDigest())
                .isEqualTo(facts);
        assertThat(plan(SQUAD.replace("💤 IDLE", "✅ DONE")).factsDigest()).isNotEqualTo(facts);
        assertThat(plan(SQUAD + "\n## Blockers\n- key\n").factsDigest()).isNotEqualTo(facts);
    }

    @Test
    void theTemplateIsReadByItsOwnParser() throws Exception {
        var plan = Plan.parse("PLAN.md", LedgerFile.PLAN.template());
        assertThat(plan.rows())
                .extracting(SquadRow::command)
                .containsExactly(
                        "/architect", "/build", "/test", "/security", "/ux", "/deploy", "/retro");
        assertThat(plan.rows()).allMatch(row -> row.claims(StatusWord.IDLE));
        assertThat(plan.blockers()).isEmpty();
        for (var row : plan.rows()) {
            plan.withStatus(row.command(), "✅", "DONE");
        }
    }

    private static Plan plan(String text) {
        return Plan.parse("PLAN.md", bytes(text));
    }
}
