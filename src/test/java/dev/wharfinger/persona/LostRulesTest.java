package dev.wharfinger.persona;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.SplittableRandom;

/** Nothing that looks like a rule gets lost without a word. */
class LostRulesTest {
    private static final long SEED = 20261126L;

    private static List<String> warnings(String text) throws PersonaUnreadable {
        return PersonaReader.parse("p.md", text.getBytes(UTF_8)).warnings().stream()
                .map(Warning::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "## Prohibitions;## Verbote;p.md:58: rules stand under `Verbote`",
                "## Prerequisites;## Bedingungen;p.md:51: rules stand under `Bedingungen`",
                "## Handoff Matrix;## Weiter;p.md:108: rules stand under `Weiter`",
                "## Prohibitions;#Prohibitions;p.md:58: no heading and no item",
                "## Prohibitions;> ## Prohibitions;p.md:58: the part `Prohibitions` stands in",
                "- **NO UNTESTED;• **NO UNTESTED;p.md:59: `•` begins no item",
                "- **NO UNTESTED;TAB- **NO UNTESTED;p.md:59: indented so far",
                "  - **Owner;  – **Owner;p.md:19: `–` begins no item",
                "## Prohibitions;<!--NL## Prohibitions;p.md:59: the part `Prohibitions` stands in",
                "## Prohibitions;```NL## Prohibitions;p.md:59: the part `Prohibitions` stands in"
            })
    void whatReadsOtherwiseThanItLooksIsSaidWithItsLine(String was, String is, String warning)
            throws PersonaUnreadable {
        String text = Files.cleanText();
        String broken = is.replace("TAB", "\t").replace("NL", "\n");
        assertThat(text).contains(was);

        assertThat(warnings(text)).noneMatch(each -> each.startsWith(warning));
        assertThat(warnings(text.replace(was, broken))).anyMatch(each -> each.startsWith(warning));
    }

    @Test
    void advicePutIntoItsOwnSectionIsNoWarning() throws PersonaUnreadable {
        String advice =
                "\n"
                        + "## Style\n\n"
                        + "- Be kind.\n"
                        + "- Write short notes.\n\n"
                        + "| a | b |\n"
                        + "|---|---|\n"
                        + "| 1 | 2 |\n"
                        + "\n"
                        + "```\n"
                        + "# a comment of a shell\n"
                        + "- no item\n"
                        + "```\n";
        assertThat(warnings(Files.cleanText() + advice)).isEqualTo(warnings(Files.cleanText()));
    }

    /** One line broken at random: the rules are all there, or somebody is told. */
    @Test
    void aBrokenLineNeverTakesRulesAwayInSilence() {
        var random = new SplittableRandom(SEED);
        List<String> lines = Files.cleanText().lines().toList();
        int whole = count(Files.cleanText());
        for (int round = 0; round < 400; round++) {
            var broken = new java.util.ArrayList<>(lines);
            int at = random.nextInt(lines.size());
            String line = broken.get(at);
            String mark =
                    List.of("• ", "\t", "    ", "> ", "```\n", "<!--\n", "#")
                            .get(random.nextInt(7));
            broken.set(at, mark + line.replaceFirst("^- ", ""));
            String text = String.join("\n", broken);
            try {
                Lint lint = Lint.of("p.md", text.getBytes(UTF_8));
                boolean told =
                        lint.persona().warnings().size() > 1 || !lint.unrecognised().isEmpty();
                assertThat(count(text) >= whole || told)
                        .as("seed %d round %d: `%s` in line %d", SEED, round, mark, at + 1)
                        .isTrue();
            } catch (PersonaUnreadable refused) {
                assertThat(refused.remedy()).isNotBlank();
            }
        }
    }

    private static int count(String text) {
        try {
            Persona p = PersonaReader.parse("p.md", text.getBytes(UTF_8));
            return p.lanes().stream().mapToInt(lane -> lane.reaches().size()).sum()
                    + p.protocol().size()
                    + p.entry().size()
                    + p.prerequisites().size()
                    + p.prohibitions().size()
                    + p.phases().size()
                    + p.qualityGate().size()
                    + p.exit().size()
                    + p.handoffs().size()
                    + p.rollback().size();
        } catch (PersonaUnreadable refused) {
            return 0;
        }
    }
}
