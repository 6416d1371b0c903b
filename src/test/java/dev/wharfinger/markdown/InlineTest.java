package dev.wharfinger.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InlineTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\0',
            value = {
                "**NO UNTESTED CODE:** x#NO UNTESTED CODE: x",
                "*a* _b_ ***c***#a b c",
                "snake_case_name 2 * 3 * 4#snake_case_name 2 * 3 * 4",
                "`**kept**` **gone**#`**kept**` gone",
                "a ** b#a ** b",
                "**open#**open",
                "\\*not\\* \\q#*not* \\q",
                "``a`b`` `c#``a`b`` `c",
                "[x_y_](a_b_) **k**#[x_y_](a_b_) k",
                "✅ **DONE**#✅ DONE",
            })
    void emphasisAndEscapesAreResolvedAndCodeAndLinksStay(String raw, String text) {
        assertThat(Inline.text(raw)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\0',
            value = {
                "`/deploy` - The **Engineer**#/deploy - The Engineer",
                "[see](http://x) ![pic](y)#see pic",
                "[a] (b) [c#[a] (b) [c",
            })
    void titlesLoseTheirMarks(String raw, String text) {
        assertThat(Inline.plain(raw)).isEqualTo(text);
    }
}
