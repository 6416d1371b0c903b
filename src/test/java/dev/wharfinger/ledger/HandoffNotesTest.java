package dev.wharfinger.ledger;

import static dev.wharfinger.ledger.Texts.assertOnlyInserted;
import static dev.wharfinger.ledger.Texts.bytes;
import static dev.wharfinger.ledger.Texts.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

class HandoffNotesTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:11:12Z");
    private static final Briefing BRIEFING =
            new Briefing(
                    AT,
                    "/deploy",
                    "/ux",
                    "shipped-staging",
                    "v1.2.3 runs in staging.\nHave a look.",
                    List.of("built once"),
                    List.of(),
                    List.of(),
                    List.of("port 8081"),
                    List.of("k8s/app.yaml"),
                    List.of("load tested"),
                    Optional.of("S-7"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "## 2026-11-20 — /test → /deploy\n\ntext",
                "## Handoff to /deploy\n\ntext",
                "## Notes for `/deploy`\n- text",
                "- to /deploy: text",
                "- **To:** `/deploy` text",
                "- @/deploy text",
                "- @deploy text",
                "Next: /deploy",
                "**Next agent:** `/deploy`",
                "/deploy: text",
                "| From | To | Text |\n|---|---|---|\n| /test | /deploy | text |",
                "> for /deploy: text",
                "1. a\n   - for /deploy: text",
            })
    void notesAreFoundHoweverTheyAreAddressed(String notes) {
        var found = parse("# Handoff\n\n" + notes + "\n").notesFor("/deploy");
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().text()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "## 2026-11-20 — /deploy → /ux\n\ntext",
                "- to /deployment: text",
                "- see docs/deploy for more",
                "- to /build: text, after the last deploy",
                "```\nto /deploy: text\n```",
                "<!-- to /deploy -->",
                "- @deployer text",
                "Next: /deploy-tools",
            })
    void whatIsSaidToOthersIsNotANote(String notes) {
        assertThat(parse("# Handoff\n\n" + notes + "\n").notesFor("/deploy")).isEmpty();
    }

    @Test
    void factsAreTheNotesToThatPersonaAlone() {
        var text = "# H\n\n## a → /deploy\n\nport 1\n\n## b → /ux\n\ncolour\n";
        var facts = parse(text).factsDigest("/deploy");
        assertThat(parse(text.replace("colour", "size")).factsDigest("/deploy")).isEqualTo(facts);
        assertThat(parse(text.replace("\n", "\r\n")).factsDigest("/deploy")).isEqualTo(facts);
        assertThat(parse(text.replace("port 1", "port 2")).factsDigest("/deploy"))
                .isNotEqualTo(facts);
        assertThat(parse(text + "\nNext: /deploy\n").factsDigest("/deploy")).isNotEqualTo(facts);
    }

    @Test
    void aMissingFileIsMadeFromItsTemplateAndTheNewestStandsOnTop() throws Exception {
        var first = HandoffNotes.add("H.md", Optional.empty(), BRIEFING);
        assertThat(text(first))
                .contains(
                        """
                        ## 2026-11-22 10:11 UTC — /deploy → /ux (shipped-staging, S-7)

                        v1.2.3 runs in staging.
                        Have a look.

                        **Completed**

                        - built once
                        """)
                .contains("**UNVERIFIED (said, not observed)**\n\n- load tested\n")
                .endsWith("**Next:** /ux\n");
        var second = HandoffNotes.add("H.md", Optional.of(first.bytes()), to("/retro"));
        assertOnlyInserted(first.bytes(), second.bytes(), "second");
        assertThat(text(second).indexOf("/deploy → /retro"))
                .isLessThan(text(second).indexOf("/deploy → /ux"));
        assertThat(HandoffNotes.parse("H.md", second.bytes()).notesFor("/ux")).hasSize(1);
        assertThat(HandoffNotes.parse("H.md", second.bytes()).notesFor("/build")).isEmpty();
    }

    @Test
    void aFileThatHasTheNewestLastIsKeptSo() throws Exception {
        var notes =
                "# H\n\n"
                        + "### 2026-11-20 /build → /test\n\n"
                        + "a\n\n"
                        + "### 2026-11-21 /test → /deploy\n\n"
                        + "b\n\n"
                        + "# Archive\n\n"
                        + "old\n";
        for (var before : Texts.shapes(notes)) {
            var after = HandoffNotes.add("H.md", Optional.of(before), BRIEFING);
            assertOnlyInserted(before, after.bytes(), "last");
            assertThat(text(after)).contains("### 2026-11-22 10:11 UTC — /deploy → /ux");
            assertThat(text(after).indexOf("→ /ux")).isLessThan(text(after).indexOf("# Archive"));
            assertThat(text(after).indexOf("→ /ux"))
                    .isGreaterThan(text(after).indexOf("→ /deploy"));
        }
    }

    @Test
    void aTableOfHandoffsGetsARow() throws Exception {
        var notes =
                "| Date | From | To | Notes |\n|---|---|---|---|\n| 2026-11-20 | /a | /b | c |\n";
        for (var before : Texts.shapes(notes)) {
            var after = HandoffNotes.add("H.md", Optional.of(before), BRIEFING);
            assertOnlyInserted(before, after.bytes(), "row");
            assertThat(after.row())
                    .startsWith(
                            "| 2026-11-22 | /deploy | /ux | v1.2.3 runs in staging. <br> Have a"
                                    + " look. <br> Completed: built once");
        }
    }

    @Test
    void otherSectionsBeforeTheFirstBriefingStayWhereTheyAre() throws Exception {
        var notes = "# H\n\nHow we hand over.\n\n## Rules\n\n- be kind\n";
        for (var before : Texts.shapes(notes)) {
            var after = HandoffNotes.add("H.md", Optional.of(before), BRIEFING);
            assertOnlyInserted(before, after.bytes(), "first");
            assertThat(text(after).indexOf("→ /ux")).isLessThan(text(after).indexOf("## Rules"));
        }
    }

    private static Briefing to(String command) {
        return new Briefing(
                AT.plusSeconds(60),
                "/deploy",
                command,
                "shipped-production",
                "done",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private static HandoffNotes parse(String text) {
        return HandoffNotes.parse("HANDOFF_NOTES.md", bytes(text));
    }
}
