package dev.wharfinger.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class JsonAnswerTest {
    private static final String TEXT =
            "{\"version\":\"1.2\",\"a/b\":{\"~\":[true,{\"n\":-1.5e3}]},\"nothing\":null,"
                    + "\"u\":\"\\u0041\\n\",\"o\":{}}";

    @ParameterizedTest
    @CsvSource({"/version, 1.2", "/a~1b/~0/0, true", "/a~1b/~0/1/n, -1.5e3", "/u, 'A\n'"})
    void theValueAtThePointerIsFound(String pointer, String value) {
        assertThat(JsonAnswer.at(TEXT, pointer)).contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Version", "/nothing", "/o", "/a~1b", "/version/x", "/a~1b/~0/2", ""})
    void whatIsMissingOrNoPlainValueIsNotFound(String pointer) {
        assertThat(JsonAnswer.at(TEXT, pointer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"v\":\"1\"",
                "{\"v\":\"1\"} x",
                "{'v':'1'}",
                "{\"v\":01}",
                "{\"v\":1,}",
                "{\"v\":\"\\x\"}",
                "{\"v\":\"\\u12\"}",
                "<html>",
                "{\"v\":tru}",
                "[\"v\" \"1\"]"
            })
    void whatIsNotJsonHasNoValues(String text) {
        assertThat(JsonAnswer.at(text, "/v")).isEmpty();
    }

    @Test
    void depthIsLimited() {
        assertThat(JsonAnswer.at("[".repeat(100_000), "/0")).isEmpty();
        assertThat(JsonAnswer.at("{\"v\":".repeat(65) + "1" + "}".repeat(65), "/v")).isEmpty();
    }

    @Test
    void hostileTextNeverThrows() {
        long seed = Long.getLong("wharf.seed", 20261126L);
        System.out.println("JsonAnswerTest: -Dwharf.seed=" + seed);
        var random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder(TEXT);
            for (int edit = 0; edit < 3; edit++) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
            }
            text.setLength(random.nextInt(text.length() + 1));
            JsonAnswer.at(text.toString(), "/a~1b/~0/1/n");
        }
    }
}
