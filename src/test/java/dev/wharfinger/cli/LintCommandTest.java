package dev.wharfinger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class LintCommandTest {
    private final Screen screen = new Screen(Path.of("").toAbsolutePath(), Map.of());

    @Test
    void theProjectsOwnPersonasHaveNothingToMend() {
        var code =
                screen.run(
                        "lint",
                        "prompts/deploy.md",
                        "prompts/test.md",
                        "prompts/security.md",
                        "prompts/auditor.md");
        assertThat(screen.out()).contains("prompts/deploy.md  /deploy", "enforced");
        assertThat(screen.out()).doesNotContain("contradiction");
        assertThat(code).isEqualTo(ExitCode.DONE);
    }

    @Test
    void programsReadTheRulesThatAFileBecame() {
        screen.run("lint", "--output", "json", "prompts/deploy.md");
        JsonNode file = new JsonMapper().readTree(screen.out()).get("files").get(0);
        assertThat(file.get("persona").asString()).isEqualTo("deploy");
        assertThat(file.get("sentences").size()).isGreaterThan(50);
        assertThat(file.at("/rules/lanes").size()).isGreaterThan(2);
        assertThat(file.at("/rules/handoffs").size()).isEqualTo(7);
        assertThat(file.at("/rules/phases").size()).isEqualTo(7);
        assertThat(file.at("/counts/enforced").asInt()).isPositive();
    }

    @Test
    void theShortListLeavesOutWhatTheServerHolds() {
        screen.run("lint", "prompts/deploy.md");
        assertThat(screen.out()).contains(" enforced  ").contains(" not-enforceable ");
        screen.run("lint", "--short", "prompts/deploy.md");
        assertThat(screen.out()).doesNotContain(" enforced  ").contains(" not-enforceable ");
    }

    @Test
    void aFileThatIsNoPersonaIsTheAnswerNoWithItsLine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("notes.md"), "# Notes\n\nNothing here.\n");
        assertThat(screen.run("lint", file.toString())).isEqualTo(ExitCode.NO);
        assertThat(screen.err()).startsWith("wharf: " + file);
        assertThat(screen.run("lint", "--output", "json", file.toString())).isEqualTo(ExitCode.NO);
        assertThat(screen.out()).contains("\"unreadable\"", "\"remedy\"");
    }

    @Test
    void aFileThatIsMissingIsTheWorldsFault() {
        assertThat(screen.run("lint", "nowhere.md")).isEqualTo(ExitCode.WORLD);
        assertThat(screen.run("lint")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void thePageIsAsWideAsTheTerminalAndLeavesNoWordOut() throws Exception {
        String file = "src/test/resources/persona/deploy-persona.md";
        Path here = Path.of("").toAbsolutePath();
        for (int columns : new int[] {80, 120}) {
            var narrow = new Screen(here, Map.of("COLUMNS", String.valueOf(columns)));
            narrow.run("lint", file);
            assertThat(narrow.out().lines().skip(1).filter(LintCommandTest::mayBreak))
                    .allSatisfy(line ->
                            assertThat(line.codePointCount(0, line.length()))
                                    .isLessThanOrEqualTo(columns));
            assertThat(narrow.out().replaceAll("\\s+", " "))
                    .contains("Investigate root cause, create bug ticket in `PLAN.md`.");
        }
    }

    /** A link is one word, however long it is. */
    private static boolean mayBreak(String line) {
        return line.strip().contains(" ");
    }
}
