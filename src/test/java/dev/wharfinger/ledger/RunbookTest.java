package dev.wharfinger.ledger;

import static dev.wharfinger.ledger.Texts.assertOnlyInserted;
import static dev.wharfinger.ledger.Texts.bytes;
import static dev.wharfinger.ledger.Texts.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Optional;

class RunbookTest {
    private static final RunbookRow ROW =
            new RunbookRow(
                    Instant.parse("2026-11-22T10:11:12Z"),
                    "1.2.3",
                    "staging",
                    "abc1234",
                    "sha256:9f",
                    "live",
                    "1.2.2",
                    "/deploy",
                    "");

    @Test
    void aMissingFileIsMadeFromItsTemplate() throws Exception {
        var added = Runbook.add("DEPLOYMENT_RUNBOOK.md", Optional.empty(), ROW);
        assertThat(added.row())
                .isEqualTo(
                        "| 2026-11-22 10:11 UTC | 1.2.3 | staging | abc1234 | sha256:9f | live |"
                                + " 1.2.2 | /deploy | - |");
        assertThat(text(added)).endsWith(added.row() + "\n");
    }

    @Test
    void theFilesOwnTableIsFollowed() throws Exception {
        var book =
                """
                # Runbook

                | Command | What |
                |---|---|
                | make | builds |

                ## History

                | Version | Date       | Env     |
                |---------|------------|---------|
                | 1.2.2   | 2026-11-20 | staging |
                | 1.2.1   | 2026-11-19 | staging |

                ## Servers
                """;
        for (var before : Texts.shapes(book)) {
            var added = add(before);
            assertOnlyInserted(before, added.bytes(), "table");
            assertThat(added.line()).isEqualTo(11);
            assertThat(added.row())
                    .startsWith("| 1.2.3   | 2026-11-22 | staging (commit: abc1234; artifact:");
        }
    }

    @Test
    void aListIsFollowedAndAFileWithoutALogGetsOne() throws Exception {
        var list = "# R\n\n## Deployments\n\n- 2026-11-20 1.2.2 to staging\n";
        assertThat(add(bytes(list)).row())
                .isEqualTo(
                        "- 2026-11-22 10:11 UTC 1.2.3 to staging: live (commit abc1234, artifact"
                                + " sha256:9f, before: 1.2.2, by /deploy)");
        for (var before : Texts.shapes("# Runbook\n\nHow to.\n")) {
            var added = add(before);
            assertOnlyInserted(before, added.bytes(), "fresh");
            assertThat(text(added)).contains("## Deployment log");
        }
    }

    @Test
    void memoryLinesFollowTheirList() throws Exception {
        var at = Instant.parse("2026-11-22T10:11:12Z");
        var first = Memory.add("M.md", Optional.empty(), "/deploy", "warm the cache", at);
        assertThat(first.row()).isEqualTo("- 2026-11-22 /deploy: warm the cache");
        var second =
                Memory.add("M.md", Optional.of(first.bytes()), "/deploy", "# not\na title", at);
        assertThat(text(second)).endsWith(first.row() + "\n- 2026-11-22 /deploy: # not a title\n");
        var own = "# Memory\n\n## Deployment\n\n* a\n* b\n\n## Other\n\n* c\n";
        for (var before : Texts.shapes(own)) {
            var added = Memory.add("M.md", Optional.of(before), "/deploy", "x", at);
            assertOnlyInserted(before, added.bytes(), "memory");
            assertThat(added.line()).isEqualTo(7);
            assertThat(added.row()).isEqualTo("* 2026-11-22 /deploy: x");
        }
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        var broken = new byte[] {(byte) 0xC3, '\n'};
        assertThatThrownBy(() -> add(broken)).isInstanceOf(LedgerUnwritable.class);
        assertThatThrownBy(() ->
                        Memory.add("M.md", Optional.of(broken), "/deploy", "x", Instant.EPOCH))
                .isInstanceOf(LedgerUnwritable.class);
    }

    private static Written add(byte[] now) throws LedgerUnwritable {
        return Runbook.add("DEPLOYMENT_RUNBOOK.md", Optional.of(now), ROW);
    }
}
