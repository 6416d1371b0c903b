package dev.wharfinger.persona;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.util.List;

class MojibakeTest {
    @Test
    void theFileAsReceivedBecomesTheCleanFileAgain() {
        var repair = Mojibake.repair(new String(Files.asReceived(), UTF_8));

        assertThat(repair.text()).isEqualTo(Files.cleanText());
        assertThat(repair.page()).contains("windows-1252");
        assertThat(repair.repaired()).contains(13, 29, 34, 41, 79, 83, 95, 100, 116);
        assertThat(repair.guessed()).containsExactly(30, 31, 33, 83, 95, 114);
    }

    @Test
    void aCleanFileStaysAsItIs() {
        var repair = Mojibake.repair(Files.cleanText());

        assertThat(repair.text()).isEqualTo(Files.cleanText());
        assertThat(repair.page()).isEmpty();
        assertThat(repair.repaired()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "x-MacRoman", "IBM437", "IBM850"})
    void everyUsualWrongEncodingIsUndone(String page) {
        String text = "status ✅ DONE\nnext → `/ux` — then 💤\n";
        String broken = new String(text.getBytes(UTF_8), Charset.forName(page));

        assertThat(broken).isNotEqualTo(text);
        assertThat(Mojibake.repair(broken).text()).isEqualTo(text);
    }

    @Test
    void latin1KeepsEveryByteSoNothingIsGuessed() {
        String broken = new String("⏳ ❌ 🛠️".getBytes(UTF_8), ISO_8859_1);

        assertThat(Mojibake.repair(broken).text()).isEqualTo("⏳ ❌ 🛠️");
        assertThat(Mojibake.repair(broken).guessed()).isEmpty();
    }

    @Test
    void textThatWasSavedWrongTwiceIsRepairedTwice() {
        Charset page = Charset.forName("windows-1252");
        String once = new String("a — b ✅".getBytes(UTF_8), page);
        String twice = new String(once.getBytes(UTF_8), page);

        assertThat(Mojibake.repair(twice).text()).isEqualTo("a — b ✅");
    }

    @Test
    void aNoBreakSpaceThatBecameAPlainOneIsStillUnderstood() {
        assertThat(Mojibake.repair("| ðŸ› ï¸ | ACTIVE |").text()).isEqualTo("| 🛠️ | ACTIVE |");
    }

    @Test
    void theClosingQuoteWhoseLastByteIsLostEverywhereIsFound() {
        assertThat(Mojibake.repair("say â€œyesâ€ and ✅ as âœ…").text())
                .isEqualTo("say “yes” and ✅ as ✅");
    }

    @Test
    void aPlaceholderStandsForALostByte() {
        assertThat(Mojibake.repair("| â\uFFFD³ | WAITING |").text()).isEqualTo("| ⏳ | WAITING |");
    }

    @Test
    void whereLostBytesLeaveNoAnswerThePlaceIsMarked() {
        var repair = Mojibake.repair("x ðŸ‘ y");

        assertThat(repair.text()).isEqualTo("x \uFFFD y");
        assertThat(repair.guessed()).isEqualTo(List.of(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Café, naïve, bâtiment, «été», à côté",
                "Größe und Maß; Ärger: 5 € für ½ Stück™",
                "São João — “aspas” ‘simples’ …",
                "Ελληνικά, русский, 中文, 日本語",
                "plain ASCII",
                ""
            })
    void otherLanguagesAreLeftAlone(String text) {
        assertThat(Mojibake.repair(text).text()).isEqualTo(text);
    }
}
