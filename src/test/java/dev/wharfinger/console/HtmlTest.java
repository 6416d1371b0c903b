package dev.wharfinger.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

/** Words of agents and files are shown as words. */
class HtmlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onfocus='x",
                "&lt;b&gt;",
                "<!--",
                "</main></section>"
            })
    void noWordsBecomeMarkup(String words) {
        assertThat(Html.text(words)).doesNotContain("<", ">", "\"", "'").doesNotContain("&lt;b&gt");
        String page = Html.page(words, words, Optional.empty(), Html.list(List.of(words)));
        assertThat(page).doesNotContain(words);
    }

    @Test
    void whatTurnsOrHidesTextIsShown() {
        assertThat(Html.text("a\u202Eb\u200Bc\u0007d\u00ADe"))
                .isEqualTo("a[U+202E]b[U+200B]c[U+0007]d[U+00AD]e");
        assertThat(Html.text("two\nlines, \u2693 and 🛠\uFE0F"))
                .isEqualTo("two\nlines, ⚓ and 🛠\uFE0F");
    }

    @Test
    void aLineOfACardKeepsItsWordsAndShowsWhatItIs() {
        assertThat(Html.list(List.of("version   1.0.1", "ux: not checked", "- ux: gone", "+new")))
                .isEqualTo(
                        """
                        <ul>
                        <li class="pair"><span class="key">version</span> \
                        <span class="value">1.0.1</span></li>
                        <li class="pair unsure"><span class="key">ux:</span> \
                        <span class="value">not checked</span></li>
                        <li class="gone">- ux: gone</li>
                        <li class="added">+new</li>
                        </ul>
                        """);
        assertThat(
                        Html.list(
                                List.of(
                                        "yes by anna, with a touch: it is time",
                                        "http://x",
                                        "a <b>: c")))
                .doesNotContain("pair", "<b>");
    }
}
