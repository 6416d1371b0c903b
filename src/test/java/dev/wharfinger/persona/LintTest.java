package dev.wharfinger.persona;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.rule.Source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

class LintTest {
    private static final List<String> SEED_CONTRADICTIONS =
            List.of(
                    "two-paths [19, 79, 91, 101]",
                    "written-in-no-lane [19, 20, 98]",
                    "written-in-no-lane [19, 20, 101]",
                    "skill-path [42, 67]",
                    "timing-against-matrix [22, 54, 112]",
                    "entry-omits [22, 41, 54]",
                    "gate-before-its-phase [75, 76, 84, 88]",
                    "gate-before-its-phase [78, 84, 89]",
                    "gate-and-exit-item [79, 91, 96, 101]",
                    "exit-only-for-success [96, 100, 113, 114, 115, 116]",
                    "status-unknown [29, 30, 31, 32, 33, 34, 113]",
                    "status-without-outcome [31, 111, 112, 113, 114, 115, 116]",
                    "script-of-one-system [103]");

    @Test
    void everyContradictionOfTheUsersFileIsNamedWithItsLines() throws PersonaUnreadable {
        assertThat(contradictions(Files.clean())).isEqualTo(SEED_CONTRADICTIONS);
    }

    @Test
    void theFileAsReceivedHasTheSameContradictions() throws PersonaUnreadable {
        assertThat(contradictions(Files.asReceived())).isEqualTo(SEED_CONTRADICTIONS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "test", "security", "auditor"})
    void ourOwnFilesHaveNoneAndEverySentenceIsKnown(String name) throws PersonaUnreadable {
        Lint lint = Lint.of("prompts/" + name + ".md", Files.ours(name));

        assertThat(lint.contradictions()).isEmpty();
        assertThat(lint.unrecognised()).isEmpty();
        assertThat(lint.persona().warnings()).isEmpty();
    }

    @Test
    void everyLineOfTheUsersFileThatSaysSomethingIsCovered() throws PersonaUnreadable {
        Lint lint = Lint.of(Files.USER, Files.clean());
        var covered = lint.coverage().stream().map(one -> one.source().line()).toList();
        List<String> lines = Files.cleanText().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean says =
                    !line.isBlank()
                            && !line.matches("---|#.*|\\|[-|]+\\||\\| [A-Z]\\w+ \\| [A-Z].*")
                            && !line.matches("> \\[!.*|> \\*\\*ANTI.*|- \\*\\*Lane:\\*\\* ");
            assertThat(covered.contains(i + 1)).as((i + 1) + ": " + line).isEqualTo(says);
        }
        assertThat(lint.unrecognised()).isEmpty();
    }

    @Test
    void theCoverageOfTheUsersFileIsAsWrittenDown() throws PersonaUnreadable, IOException {
        String coverage =
                Lint.of(Files.USER, Files.clean()).coverage().stream()
                        .map(one -> line(one) + "\n")
                        .collect(Collectors.joining());

        assertThat(coverage).isEqualTo(Files.text("/persona/deploy-persona.coverage.txt"));
    }

    private static String line(Covered one) {
        return "%d %s %s: %s"
                .formatted(one.source().line(), one.hold().text(), one.by(), one.how());
    }

    @Test
    void wordsThatNoRuleKnowsAreListed() throws PersonaUnreadable {
        String text = Files.cleanText().replace("Document all steps.", "Whistle while you work.");
        Lint lint = Lint.of(Files.USER, text.getBytes(UTF_8));

        assertThat(lint.unrecognised())
                .extracting(Covered::text)
                .containsExactly("Whistle while you work.");
        assertThat(lint.unrecognised().getFirst().hold()).isEqualTo(Hold.NOT_ENFORCEABLE);
        assertThat(lint.unrecognised().getFirst().source()).isEqualTo(new Source(Files.USER, 69));
    }

    @Test
    void aChecklistLineThatNoMachineChecksIsStated() throws PersonaUnreadable {
        String text =
                Files.cleanText()
                        .replace(
                                "4. [ ] Verify all CI checks pass (GitHub Actions).",
                                "4. [ ] Have a coffee.");
        Lint lint = Lint.of(Files.USER, text.getBytes(UTF_8));

        assertThat(lint.count(Hold.STATED)).isEqualTo(1);
        assertThat(lint.coverage())
                .filteredOn(one -> one.hold() == Hold.STATED)
                .extracting(Covered::by, Covered::how)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(
                                "confirm_item", "by the agent's word: confirm_item `entry.4`"));
    }

    @Test
    void aMendedLineIsNoLongerReported() throws PersonaUnreadable {
        String mended =
                Files.cleanText()
                        .replace("docs/DEPLOYMENT_RUNBOOK.md", "DEPLOYMENT_RUNBOOK.md")
                        .replace("../skills/deploy", "skills/deploy")
                        .replace("(skills/deploy-toolkit/SKILL.md)", "")
                        .replace("`/test` and `/security` are", "`/test`, `/security`, `/ux` are");

        assertThat(contradictions(mended.getBytes(UTF_8)))
                .noneMatch(one -> one.startsWith("two-paths"))
                .noneMatch(one -> one.startsWith("entry-omits"))
                .noneMatch(one -> one.startsWith("skill-path"))
                .anyMatch(one -> one.startsWith("timing-against-matrix"));
    }

    private static List<String> contradictions(byte[] bytes) throws PersonaUnreadable {
        return Lint.of(Files.USER, bytes).contradictions().stream()
                .map(one -> one.id() + " " + one.lines().stream().map(Source::line).toList())
                .toList();
    }
}
