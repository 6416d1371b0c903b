package dev.wharfinger.ledger;

import static dev.wharfinger.ledger.Texts.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharfinger.workspace.WorkspacePath;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerFactsTest {
    @Test
    void aLogThatGrowsKeepsItsFacts() {
        assertThat(digest(LedgerFile.SESSION_LOG, "a\n"))
                .isEqualTo(digest(LedgerFile.SESSION_LOG, ""));
        assertThat(digest(LedgerFile.RAID_LOG, "a\n")).isEqualTo(digest(LedgerFile.RAID_LOG, ""));
    }

    @Test
    void factsOfAPlanAreNotTheSameForOtherRows() {
        var row = "| Agent | Command | Status |\n|---|---|---|\n| D | /deploy | %s |\n";
        assertThat(digest(LedgerFile.PLAN, row.formatted("✅ DONE")))
                .isNotEqualTo(digest(LedgerFile.PLAN, row.formatted("💤 IDLE")));
        assertThat(digest(LedgerFile.PLAN, "# a\n" + row.formatted("✅ DONE")))
                .isEqualTo(digest(LedgerFile.PLAN, row.formatted("✅ DONE")));
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAN", "HANDOFF", "CHARTER"})
    void aFileThatIsNotUnderstoodHasItsBytesForFacts(LedgerFile kind) {
        assertThat(digest(kind, "---\na: [\n---\n1"))
                .isNotEqualTo(digest(kind, "---\na: [\n---\n2"));
    }

    @Test
    void partsOfFactsCannotRunIntoOneAnother() {
        assertThat(new Facts().add("x", "a", "b").digest())
                .isNotEqualTo(new Facts().add("x", "ab").digest())
                .isNotEqualTo(new Facts().add("x", "a").add("x", "b").digest())
                .isNotEqualTo(new Facts().add("x", "a\n1:b").digest());
    }

    @ParameterizedTest
    @EnumSource
    void everyFileHasATemplateAndAPath(LedgerFile kind) {
        assertThat(Texts.text(kind.template()))
                .startsWith("# ")
                .endsWith("\n")
                .doesNotContain("\r");
        assertThat(LedgerPaths.DEFAULT.at(LedgerPaths.DEFAULT.path(kind))).contains(kind);
    }

    @Test
    void aPathThatIsNoLedgerFileIsNone() {
        assertThat(LedgerPaths.DEFAULT.at(WorkspacePath.of("src/App.java"))).isEmpty();
        var plan = LedgerPaths.DEFAULT.plan();
        assertThatThrownBy(() -> new LedgerPaths(plan, plan, plan, plan, plan, plan, plan))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same path");
    }

    private static String digest(LedgerFile kind, String text) {
        return LedgerFacts.digest(kind, "x.md", bytes(text), "/deploy");
    }
}
