package dev.wharfinger.markdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import dev.wharfinger.markdown.YamlNode.Mapping;
import dev.wharfinger.markdown.YamlNode.Scalar;
import dev.wharfinger.markdown.YamlNode.ScalarKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

class YamlTest {
    @Test
    void theTreeKnowsLineAndColumnOfKeysAndValues() throws Exception {
        var root = (Mapping) Yaml.parse("w.yaml", "a: 1\nb:\n  - x\n  - {c: true}\n").orElseThrow();
        var b = requireNonNull(root.entries().get("b"));
        assertThat(b.line()).isEqualTo(2);
        assertThat(b.column()).isEqualTo(1);
        assertThat(b.value().line()).isEqualTo(3);
        assertThat(b.value().column()).isEqualTo(3);
        assertThat(root.plain()).isEqualTo(Map.of("a", 1L, "b", List.of("x", Map.of("c", true))));
    }

    @ParameterizedTest
    @CsvSource({
        "yes,STRING",
        "12:30,STRING",
        "010,INTEGER",
        "true,BOOLEAN",
        "1.5,FLOAT",
        "~,NULL",
        "'\"1\"',STRING",
        "10m,STRING",
        "0x1F,INTEGER",
        "<<,STRING"
    })
    void scalarsAreWhatYaml12TakesThemFor(String text, ScalarKind kind) throws Exception {
        var root = (Mapping) Yaml.parse("w.yaml", "k: " + text).orElseThrow();
        assertThat(root.get("k"))
                .get()
                .isInstanceOfSatisfying(
                        Scalar.class, scalar -> assertThat(scalar.kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "'a: 1\nb: 2\na: 3'#3#already set in line 1",
                "'a: !!str x'#1#tag",
                "'a: !x y'#1#tag",
                "'a: 1\n---\nb: 2'#2#second document",
                "'a: *b'#1#no anchor",
                "'a: [1'#1#expected",
                "'? [a]\n: b'#1#key must be text",
                "'a: &x [*x]'#1#no anchor",
            })
    void whatIsNotStrictIsRefusedWithItsLine(String text, int line, String reason) {
        assertThatThrownBy(() -> Yaml.parse("w.yaml", text))
                .isInstanceOfSatisfying(
                        YamlUnreadable.class,
                        refused -> {
                            assertThat(refused.line()).isEqualTo(line);
                            assertThat(refused.reason()).contains(reason);
                            assertThat(refused.file()).isEqualTo("w.yaml");
                        });
    }

    @Test
    void anAliasMayBeUsedAFewTimesAndALaughterOfThemMayNot() throws Exception {
        assertThat(Yaml.parse("w.yaml", "a: &x [1]\nb: *x\n").orElseThrow().plain())
                .isEqualTo(Map.of("a", List.of(1L), "b", List.of(1L)));
        var laughs = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 9; i++) {
            laughs.append("a%d: &a%d [".formatted(i, i));
            laughs.append(("*a" + (i - 1) + ",").repeat(8)).append("]\n");
        }
        assertThatThrownBy(() -> Yaml.parse("w.yaml", laughs.toString()))
                .isInstanceOf(YamlUnreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void depthIsRefusedBeforeTheStackIsUsedUp(String pattern) {
        assertThatThrownBy(() -> Yaml.parse("w.yaml", pattern.repeat(100_000)))
                .isInstanceOf(YamlUnreadable.class);
    }

    @Test
    void anEmptyTextHasNoValue() throws Exception {
        assertThat(Yaml.parse("w.yaml", "# only a comment\n")).isEmpty();
        assertThat(Yaml.parse("w.yaml", "")).isEmpty();
    }

    @Test
    void aTextAboveTheLimitIsRefused() {
        assertThatThrownBy(() -> Yaml.parse("w.yaml", "a".repeat(Yaml.SIZE_LIMIT + 1)))
                .isInstanceOf(YamlUnreadable.class)
                .hasMessageContaining("larger");
    }
}
