package dev.wharfinger.persona;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.util.List;

class NamedLineTest {
    /** The user's file with one line of each part turned into something that no machine can see. */
    private static final String TEXT =
            Files.cleanText()
                    .replace("4. Do not invent library versions;", "4. Be brief;")
                    .replace("verify `package.json` or lockfiles.", "no poems.")
                    .replace("Verify all CI checks pass (GitHub Actions).", "Have a coffee.")
                    .replace("- [ ] CI/CD pipeline passes.", "- [ ] The team was told.")
                    .replace("Health checks and alerting configured.", "Everybody is happy.")
                    .replace("`/retro`.", "`/retro`.\n4. **Afterwards:** bring cake.");

    @Test
    void theLinesThatNothingChecksAreStatedAndNoOther() {
        assertThat(stated(Files.persona(TEXT)))
                .containsExactly(
                        "entry.4", "prerequisite.4", "quality.4", "protocol.4", "rollback.4");
        assertThat(stated(Files.persona(Files.clean()))).isEmpty();
    }

    @Test
    void everyNameIsUsedOnce() {
        assertThat(NamedLine.of(Files.persona(TEXT)))
                .extracting(NamedLine::name)
                .doesNotHaveDuplicates()
                .contains("entry.1", "exit.9", "prerequisite.5", "quality.6", "rollback.1");
    }

    @Test
    void lintShowsTheSameNames() throws PersonaUnreadable {
        var shown =
                Lint.of(Files.USER, TEXT.getBytes(UTF_8)).coverage().stream()
                        .filter(line -> line.hold() == Hold.STATED)
                        .map(Covered::how)
                        .toList();
        assertThat(shown)
                .containsExactly(
                        "by the agent's word: confirm_item `protocol.4`",
                        "by the agent's word: confirm_item `entry.4`",
                        "by the agent's word: confirm_item `prerequisite.4`",
                        "by the agent's word: confirm_item `quality.4`",
                        "by the agent's word: confirm_item `rollback.4`");
    }

    private static List<String> stated(Persona persona) {
        return NamedLine.of(persona).stream()
                .filter(NamedLine::stated)
                .map(NamedLine::name)
                .toList();
    }
}
