package dev.wharfinger.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.stream.Stream;

public class StrictJsonTest {
    public static Stream<Arguments> hostileDocuments() {
        return Stream.of(
                hostile("nothing", ""),
                hostile("blanks", " \t\r\n"),
                hostile("a byte order mark", "\uFEFF{}"),
                hostile("a duplicate key", "{\"a\":1,\"a\":2}"),
                hostile("a duplicate key below", "{\"x\":[{\"a\":1,\"b\":2,\"a\":1}]}"),
                hostile("a duplicate key behind an escape", "{\"a\":1,\"\\u0061\":2}"),
                hostile("a high surrogate alone", "{\"a\":\"\\ud800\"}"),
                hostile("a low surrogate alone", "{\"a\":\"\\udc00\"}"),
                hostile("surrogates in the wrong order", "[\"\\udc00\\ud800\"]"),
                hostile("a high surrogate before a letter", "[\"\\ud83dx\"]"),
                hostile("half a pair in a key", "{\"\\ud800\":1}"),
                hostile("two documents", "{} {}"),
                hostile("a trailing bracket", "{}]"),
                hostile("trailing text", "{} x"),
                hostile("a trailing comma", "{\"a\":1,}"),
                hostile("a trailing comma in an array", "[1,]"),
                hostile("a missing value", "{\"a\":}"),
                hostile("a missing end", "{\"a\":1"),
                hostile("a missing quote", "{\"a"),
                hostile("a comment", "{/* x */}"),
                hostile("a line comment", "{} // x"),
                hostile("single quotes", "{'a':1}"),
                hostile("a bare key", "{a:1}"),
                hostile("NaN", "{\"a\":NaN}"),
                hostile("Infinity", "[-Infinity]"),
                hostile("a leading zero", "[01]"),
                hostile("a leading plus", "[+1]"),
                hostile("a leading point", "[.5]"),
                hostile("a trailing point", "[5.]"),
                hostile("a hexadecimal number", "[0x10]"),
                hostile("a number beyond a double", "{\"a\":1e400}"),
                hostile("a number far beyond", "{\"a\":-1e999999999}"),
                hostile("a million digits", "[" + "9".repeat(1_000_000) + "]"),
                hostile("a long exponent", "[1e" + "9".repeat(70) + "]"),
                hostile("a raw control character", "[\"a\u0001\"]"),
                hostile("a raw line feed in a string", "[\"a\nb\"]"),
                hostile("NUL", "\0"),
                hostile("an unknown escape", "[\"\\x41\"]"),
                hostile("a short escape", "[\"\\u12\"]"),
                hostile("nesting", "[".repeat(65) + "]".repeat(65)),
                hostile("endless nesting", "[".repeat(100_000)),
                hostile("a long name", "{\"" + "k".repeat(257) + "\":1}"),
                hostile("a long string", "[\"" + "s".repeat((4 << 20) + 1) + "\"]"),
                hostile("many tokens", "[" + "1,".repeat(100_000) + "1]"),
                hostile("capital literals", "[True]"),
                Arguments.of("a bare continuation byte", "[\"\u0080\"]".getBytes(ISO_8859_1)),
                Arguments.of("an overlong slash", "[\"\u00c0\u00af\"]".getBytes(ISO_8859_1)),
                Arguments.of("an overlong NUL", "[\"\u00c0\u0080\"]".getBytes(ISO_8859_1)),
                Arguments.of("CESU-8", "[\"\u00ed\u00a0\u0080\"]".getBytes(ISO_8859_1)),
                Arguments.of(
                        "beyond U+10FFFF", "[\"\u00f4\u0090\u0080\u0080\"]".getBytes(ISO_8859_1)),
                Arguments.of("half a character", "[\"\u00e2\u0082\"]".getBytes(ISO_8859_1)),
                Arguments.of("Latin-1", "[\"caf\u00e9\"]".getBytes(ISO_8859_1)),
                Arguments.of("UTF-16", "{\"a\":1}".getBytes(UTF_16BE)),
                Arguments.of("more than 8 MiB", new byte[(8 << 20) + 1]));
    }

    private static Arguments hostile(String name, String text) {
        return Arguments.of(name, text.getBytes(UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileDocuments")
    void hostileDocumentsAreRefusedWithAReasonOnOneLine(String name, byte[] bytes) {
        assertThatThrownBy(() -> StrictJson.read(bytes))
                .isInstanceOf(MalformedJson.class)
                .message()
                .isNotBlank()
                .doesNotContain("\n")
                .hasSizeLessThan(200);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileDocuments")
    void theyAreRefusedBesideTextThatIsMoreThanAscii(String name, byte[] bytes) {
        var beside = new ByteArrayOutputStream();
        beside.writeBytes("[\"\u20ac\",".getBytes(UTF_8));
        beside.writeBytes(bytes);
        beside.writeBytes("]".getBytes(UTF_8));
        assertThatThrownBy(() -> StrictJson.read(beside.toByteArray()))
                .isInstanceOf(MalformedJson.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, 2, x]", "[1, 2, x, \"\u20ac\"]", "[1, 2, x, \"\\n\"]"})
    void theCharacterAtFaultIsNamed(String text) {
        assertThatThrownBy(() -> StrictJson.read(text.getBytes(UTF_8)))
                .hasMessage("not JSON at character 8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " [ ] \n",
                "0",
                "-1",
                "9007199254740993",
                "123456789012345678901234567890",
                "1.5",
                "1e300",
                "true",
                "null",
                "\"\"",
                "{\"a\":{\"b\":[1,\"x\",false,null]},\"A\":1,\"ä\":\"€\"}",
                "[\"\\ud83d\\ude80\",\"🚀\"]"
            })
    void plainDocumentsAreReadAndWrittenBackWithTheSameMeaning(String text) throws MalformedJson {
        var read = StrictJson.read(text.getBytes(UTF_8));
        assertThat(StrictJson.read(JsonBytes.of(read))).isEqualTo(read);
    }

    /** Each pair of letters weighs the same to whoever hashes by 33, as the library does. */
    @ParameterizedTest
    @ValueSource(strings = {"ascii", "\u20ac"})
    void namesThatWereChosenToCollideAreNamesLikeOthers(String text) throws MalformedJson {
        StringBuilder names = new StringBuilder();
        for (int name = 0; name < 512; name++) {
            names.append(name == 0 ? "{" : ",").append('"');
            for (int bit = 0; bit < 9; bit++) {
                names.append((name >> bit & 1) == 0 ? "aZ" : "b9");
            }
            names.append("\":\"").append(text).append('"');
        }
        byte[] document = names.append('}').toString().getBytes(UTF_8);
        assertThat(StrictJson.read(document).size()).isEqualTo(512);
    }

    @Test
    void keysDifferByCaseAndKeepTheirOrder() throws MalformedJson {
        String text = "{\"b\":1,\"B\":2,\"a\":3,\"\u017f\":4,\"s\":5}";
        assertThat(JsonBytes.of(StrictJson.read(text.getBytes(UTF_8))))
                .asString(UTF_8)
                .isEqualTo(text);
    }

    @Test
    void wholeNumbersKeepEveryDigit() throws MalformedJson {
        String text = "[9007199254740993,18446744073709551617,-9223372036854775809]";
        assertThat(JsonBytes.of(StrictJson.read(text.getBytes(UTF_8))))
                .asString(UTF_8)
                .isEqualTo(text);
    }

    @Test
    void nestingOf64IsStillRead() throws MalformedJson {
        String text = "[".repeat(64) + "]".repeat(64);
        assertThat(StrictJson.read(text.getBytes(UTF_8)).isArray()).isTrue();
    }

    @Test
    void aSliceIsReadByItself() throws MalformedJson {
        byte[] bytes = "xx{\"a\":1}yy".getBytes(UTF_8);
        assertThat(StrictJson.read(bytes, 2, bytes.length - 4).path("a").intValue()).isEqualTo(1);
    }

    @Test
    void mutatedDocumentsNeverEscapeAsAnythingButMalformed() {
        long seed = Long.getLong("wharf.seed", 20261126L);
        Random random = new Random(seed);
        byte[] sound =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"params\":{\"x\":[1.5,\"\\u00e9\",\"ä🚀\",null,true]}}"
                        .getBytes(UTF_8);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = sound.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                JsonBytes.of(StrictJson.read(bytes));
            } catch (MalformedJson expected) {
                assertThat(expected.reason()).as("seed %d", seed).isNotBlank();
            }
        }
    }

    @Test
    void halfSurrogatePairsInOurOwnTextLeaveAsReplacementCharacters() {
        var node = tools.jackson.databind.node.JsonNodeFactory.instance.stringNode("a\ud800b");
        assertThat(JsonBytes.of(node)).asString(UTF_8).isEqualTo("\"a\uFFFDb\"");
    }
}
