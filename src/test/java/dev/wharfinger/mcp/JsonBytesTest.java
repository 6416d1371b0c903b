package dev.wharfinger.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Random;

public class JsonBytesTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static String written(JsonNode node) {
        return new String(JsonBytes.of(node), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain text, and some more of it | plain text, and some more of it",
                "what? | what?",
                "a \"word\" | a \\\"word\\\"",
                "C:\\new | C:\\\\new",
                "één € 🚀 | één € 🚀",
                "\u007f | \u007f",
            })
    void textIsWrittenAsItIsButForWhatJsonEscapes(String text, String inside) {
        assertThat(written(NODES.stringNode(text))).isEqualTo('"' + inside + '"');
        assertThat(written(NODES.objectNode().put(text, text)))
                .isEqualTo("{\"" + inside + "\":\"" + inside + "\"}");
    }

    @Test
    void controlCharactersAreEscapedAndNoLineEndIsInside() {
        assertThat(written(NODES.stringNode("a\nb\tc\0d\u001f")))
                .isEqualTo("\"a\\nb\\tc\\u0000d\\u001F\"");
    }

    @ParameterizedTest
    @CsvSource({"\ud83d,\ufffd", "\ude80,\ufffd", "a?\ud83dx,a?\ufffdx", "?\ud83d\ude80,?🚀"})
    void halfASurrogatePairIsReplacedInTextAndNames(String text, String inside) {
        assertThat(written(NODES.objectNode().put(text, text)))
                .isEqualTo("{\"" + inside + "\":\"" + inside + "\"}");
    }

    @Test
    void moreNamesThanAreRememberedAreWrittenTheSame() {
        ObjectNode many = NODES.objectNode();
        for (int i = 0; i < 3000; i++) {
            many.put("name \"" + i, i);
        }
        assertThat(new JsonMapper().readTree(JsonBytes.of(many))).isEqualTo(many);
        assertThat(new JsonMapper().readTree(JsonBytes.of(many))).isEqualTo(many);
    }

    @Test
    void anyTextComesBackAsItWas() {
        long seed = Long.getLong("wharf.seed", 20261130L);
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            int limit = i % 2 == 0 ? 0x80 : 0x800;
            String text =
                    random.ints(random.nextInt(40), 0, limit)
                            .collect(
                                    StringBuilder::new,
                                    StringBuilder::appendCodePoint,
                                    StringBuilder::append)
                            .toString();
            ObjectNode node = NODES.objectNode().put(text, text);
            assertThat(new JsonMapper().readTree(JsonBytes.of(node)))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(node);
        }
    }
}
