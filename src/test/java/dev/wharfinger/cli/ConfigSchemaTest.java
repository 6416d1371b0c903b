package dev.wharfinger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.wharfinger.markdown.Yaml;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * schemas/wharf.schema.json and {@link Config} say the same: editors promise what the start keeps.
 */
class ConfigSchemaTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path FILE = Path.of("schemas/wharf.schema.json");

    @Test
    void theExampleFitsTheSchema() throws Exception {
        assertThat(complaints(ConfigTest.example())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prject: a",
                "project: 7",
                "ledger: {plans: A.md}",
                "artifact: {build: npm run build}",
                "artifact: {limit: 10}",
                "gates: {test: {least: observd}}",
                "gates: {secrets: {command: [a]}}",
                "environments: {a: {}}",
                "environments: {A: {target: {local: {dir: /a, start: [a], health: 'http://h/'}}}}",
                "plans: {expire: soon}",
                "server: {notify: {secret: a}}",
                "server: {oauth: {audience: 'https://w.example/mcp'}}",
                "server: {url: 'https://w.example', oauth: {issuer: 'ftp://a.example'}}",
                "server: {oauth: {issuer: 'https://a.example', audience: 'https://w.example/'}}",
                "server: {url: 'https://w.example', oauth: {issuer: 'https://a.example',"
                        + " algorithms: [HS256]}}",
                "server: {url: 'https://w.example', oauth: {issuer: 'https://a.example',"
                        + " algorithms: []}}",
            })
    void whatTheSchemaRefusesTheStartRefusesToo(String text) throws Exception {
        assertThat(complaints(text)).isNotEmpty();
        assertThat(refusedAtStart(text)).isTrue();
    }

    /** Walks the schema, and asks Config at each place for a key that it does not know. */
    @Test
    void bothKnowTheSameKeys() throws Exception {
        var promised = new TreeMap<String, TreeSet<String>>();
        collect(JSON.readTree(Files.readString(FILE)), "", promised);
        assertThat(promised).hasSizeGreaterThan(20);
        for (var place : promised.entrySet()) {
            assertThat(knownAt(place.getKey())).as("keys at %s", place).isEqualTo(place.getValue());
        }
    }

    @Test
    void everyKeyIsDescribed() throws Exception {
        JsonNode schema = JSON.readTree(Files.readString(FILE));
        assertThat(schema.findParents("properties")).isNotEmpty();
        for (JsonNode owner : schema.findParents("properties")) {
            owner.get("properties")
                    .properties()
                    .forEach(each ->
                            assertThat(
                                            each.getValue().has("description")
                                                    || each.getValue().has("$ref"))
                                    .as("%s has a description", each.getKey())
                                    .isTrue());
        }
    }

    private static void collect(JsonNode node, String at, Map<String, TreeSet<String>> found) {
        JsonNode whole = node.has("$ref") ? definition(node.get("$ref").stringValue()) : node;
        if (whole.has("properties")) {
            var names = new TreeSet<>(whole.get("properties").propertyNames());
            found.put(at, names);
            names.forEach(name ->
                    collect(
                            whole.get("properties").get(name),
                            at.isEmpty() ? name : at + "." + name,
                            found));
        } else if (whole.has("additionalProperties")
                && whole.get("additionalProperties").isObject()) {
            collect(whole.get("additionalProperties"), at + ".any", found);
        } else if (whole.has("items")) {
            collect(whole.get("items"), at + ".-", found);
        }
    }

    private static JsonNode definition(String reference) {
        try {
            JsonNode schema = JSON.readTree(Files.readString(FILE));
            return schema.at(reference.substring(1));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What Config says it knows at that place, beside a key that nobody knows. */
    private static TreeSet<String> knownAt(String place) {
        var text = new StringBuilder();
        long open = 0;
        for (String part : place.isEmpty() ? new String[0] : place.split("\\.")) {
            text.append(part.equals("-") ? "[" : "{" + part + ": ");
            open++;
        }
        text.append("{qqqqqqqqqqqqqqqq: 1}");
        String closing =
                Stream.of(place.isEmpty() ? new String[0] : place.split("\\."))
                        .map(part -> part.equals("-") ? "]" : "}")
                        .reduce("", (done, next) -> next + done);
        String message = messageOf(text + closing);
        assertThat(message).as("open %d at %s", open, place).contains("known here: ");
        String known = message.substring(message.indexOf("known here: ") + 12);
        return new TreeSet<>(List.of(known.split(", ")));
    }

    private static String messageOf(String text) {
        try {
            Config.parse("wharf.yaml", text, "f", Map.of());
            return "nothing was refused in " + text;
        } catch (ConfigError refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private static boolean refusedAtStart(String text) {
        return !messageOf(text).startsWith("nothing");
    }

    private static List<?> complaints(String yaml) throws Exception {
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(FILE), InputFormat.JSON);
        var plain = Yaml.parse("wharf.yaml", yaml).orElseThrow().plain();
        return schema.validate(JSON.writeValueAsString(plain), InputFormat.JSON);
    }
}
