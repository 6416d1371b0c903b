package dev.wharfinger.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of which two readings are possible, or none, is refused with its line and a remedy. */
class PersonaUnreadableTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    no name                | # /deploy - The DevOps Engineer | # Deploying | 0
                    a name in capitals     | # /deploy - The | # /Deploy - The | 5
                    lanes in prose         | - **Lane:** | - **Where:** | 0
                    a lane without its word| - **Owner (Write):** | - **Mine:** | ok
                    two entry checklists   | ## Prerequisites | ## Entry Checklist | 51
                    two quality gates      | ## 🏁 Exit Checklist | ## Quality Gate | 95
                    broken front matter    | description: DevOps | description: [DevOps | 2
                    front matter, cut      | ---\\n\\n# | \\n\\n# | 7
                    a listed description | description: DevOps persona for | description: [a] # | 2
                    another name above     | description: | name: test\\ndescription: | 2
                    no status column       | '| Emoji | Status |' | '| Emoji | State |' | 27
                    no next agent          | '| Outcome | Next Agent |' | '| Outcome | Who |' | 109
                    no outcome             | '| Outcome | Next' | '| Result | Next' | 109
                    no phase name          | '| Phase | Name |' | '| Phase | What |' | 71
                    a phase out of order   | '| 6 | Monitoring' | '| 4 | Monitoring' | 78
                    nobody next            | '| `/retro` | Run' | '| somebody | Run' | 111
                    an outcome twice       | Config Issue | Shipped Staging | 113
                    a status twice         | '| IDLE |' | '| DONE |' | 32
                    """)
    void namesTheLine(String what, String old, String now, String line) {
        String text = Files.cleanText();
        String from = old.replace("\\n", "\n");
        assertThat(text).as(what).contains(from);
        byte[] bytes = text.replaceFirst(quote(from), now(now)).getBytes(UTF_8);

        if (line.equals("ok")) {
            assertThat(Files.persona(bytes).warnings()).isNotEmpty();
            return;
        }
        PersonaUnreadable unreadable =
                catchThrowableOfType(
                        PersonaUnreadable.class, () -> PersonaReader.parse("p.md", bytes));

        assertThat(unreadable).as(what).isNotNull();
        assertThat(unreadable.source().line()).as(unreadable.getMessage()).isEqualTo(num(line));
        assertThat(unreadable.remedy()).isNotBlank();
        assertThat(unreadable.found()).isNotBlank();
        assertThat(unreadable.getMessage()).startsWith("p.md");
    }

    private static int num(String line) {
        return Integer.parseInt(line);
    }

    private static String quote(String text) {
        return java.util.regex.Pattern.quote(text);
    }

    private static String now(String text) {
        return java.util.regex.Matcher.quoteReplacement(text.replace("\\n", "\n"));
    }

    @Test
    void aPartWithoutItsListIsRefused() {
        assertThatThrownBy(
                        () -> parse("# /x - X\n\n- Lane:\n  - Owner: `a/`\n\n## Entry Checklist\n"))
                .isInstanceOf(PersonaUnreadable.class)
                .hasMessageContaining("p.md:6: no list stands under `Entry Checklist`");
    }

    @Test
    void aPartWithoutItsTableIsRefused() {
        assertThatThrownBy(() ->
                        parse("# /x - X\n\n- Lane:\n  - Owner: `a/`\n\n## Handoff Matrix\n\nx\n"))
                .isInstanceOf(PersonaUnreadable.class)
                .hasMessageContaining("p.md:6: no table");
    }

    @Test
    void anItemThatSaysNothingIsRefused() {
        assertThatThrownBy(() ->
                        parse(
                                "# /x - X\n\n- Lane:\n  - Owner: `a/`\n\n## Prohibitions\n"
                                        + "- NO\n-\n"))
                .isInstanceOf(PersonaUnreadable.class)
                .hasMessageContaining("p.md:8");
    }

    @Test
    void twoPersonasInOneFileAreRefused() {
        assertThatThrownBy(() -> parse("# /x - X\n\n- Lane:\n  - Owner: `a/`\n\n# /y - Y\n"))
                .hasMessageContaining("p.md:6: a second persona");
    }

    @Test
    void lanesInTwoPlacesAreRefused() {
        assertThatThrownBy(() ->
                        parse(
                                "# /x\n\n- Lane:\n  - Owner: `a/`\n\n## Lanes\n\n"
                                        + "- Owner: `b/`\n"))
                .hasMessageContaining("lanes are declared in 2 places");
    }

    @Test
    void frontMatterThatNeverEndsIsRefused() {
        assertThatThrownBy(() -> parse("---\nname: x\n\n# /x\n\n- Lane:\n  - Owner: `a/`\n"))
                .hasMessageContaining("p.md:1: front matter");
    }

    @Test
    void aFileThatIsNoTextIsRefused() {
        assertThatThrownBy(() -> PersonaReader.parse("p.md", new byte[] {'#', '\n', 0}))
                .hasMessageContaining("p.md:2: a NUL byte");
    }

    @Test
    void aFileThatIsTooLargeIsRefused() {
        assertThatThrownBy(() -> PersonaReader.parse("p.md", new byte[300_000]))
                .hasMessageContaining("300000 bytes");
    }

    @Test
    void theSmallestFileIsAHeadingAndALane() throws PersonaUnreadable {
        Persona persona = parse("# /x\n\n- Lane:\n  - Owner: `a/`\n");

        assertThat(persona.title()).isEqualTo("x");
        assertThat(persona.lanes()).hasSize(1);
        assertThat(persona.exit()).isEmpty();
        assertThat(persona.statusText(StatusWord.DONE)).isEqualTo("✅ DONE");
    }

    private static Persona parse(String text) throws PersonaUnreadable {
        return PersonaReader.parse("p.md", text.getBytes(UTF_8));
    }
}
