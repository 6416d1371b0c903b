package dev.wharfinger.call;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.wharfinger.shift.JsonTree;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The contracts in {@code schemas/tools/}, the only place where they are written. JSON Schema
 * 2020-12; no reference leaves the file, and nothing is ever fetched.
 */
public final class Schemas {
    private static final int MOST_FITTING = 500;

    private final Map<String, ObjectNode> documents = new ConcurrentHashMap<>();
    private final Set<Asked> fitting = ConcurrentHashMap.newKeySet();
    private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

    /** Arguments that were found to fit: the same ones fit again. */
    private record Asked(String tool, ObjectNode arguments) {
        // Written out, since a record's own are slower, and every call asks them.

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Asked(var theirs, var given)
                    && tool.equals(theirs)
                    && arguments.equals(given);
        }

        @Override
        public int hashCode() {
            return 31 * tool.hashCode() + arguments.hashCode();
        }
    }

    /** What a tool takes. */
    public ObjectNode input(String tool) {
        return document(tool + ".input");
    }

    /** What a tool gives when it was done. */
    public ObjectNode output(String tool) {
        return document(tool + ".output");
    }

    /** Where the arguments break the tool's schema, in words; empty where they fit. */
    public List<String> problems(String tool, ObjectNode arguments) {
        if (arguments.isEmpty() && input(tool).path("required").isEmpty()) {
            return List.of();
        }
        var asked = new Asked(tool, arguments);
        if (fitting.contains(asked)) {
            return List.of();
        }
        List<String> problems = validate(tool + ".input", arguments);
        if (problems.isEmpty() && isSmall(arguments)) {
            if (fitting.size() >= MOST_FITTING) {
                fitting.clear();
            }
            fitting.add(new Asked(tool, arguments.deepCopy()));
        }
        return problems;
    }

    /** What an agent sends again and again: a shift, a cursor. */
    private static boolean isSmall(ObjectNode arguments) {
        return arguments.size() <= 4
                && arguments
                        .propertyStream()
                        .allMatch(one ->
                                one.getValue().isString()
                                        && one.getValue().stringValue().length() <= 64);
    }

    /** Where an answer breaks the tool's schema. */
    public List<String> outputProblems(String tool, ObjectNode structured) {
        return validate(tool + ".output", structured);
    }

    private List<String> validate(String name, JsonNode value) {
        Schema schema = compiled.computeIfAbsent(name, this::compile);
        return schema.validate(value).stream().limit(5).map(Schemas::sentence).toList();
    }

    private static String sentence(Error error) {
        String where = error.getInstanceLocation().toString();
        String at = where.isEmpty() ? "" : " in `" + where.substring(1) + "`";
        return switch (error.getKeyword()) {
            case "required" -> "`" + error.getProperty() + "` is missing" + at;
            case "additionalProperties" -> "`" + error.getProperty() + "` is not known" + at;
            default ->
                    (where.isEmpty() ? "the arguments" : "`" + where.substring(1) + "`")
                            + ": "
                            + error.getMessage();
        };
    }

    /** What a tool takes, in words: what it needs, and what may be left out. */
    public String takes(String tool) {
        ObjectNode input = input(tool);
        var needed = new ArrayList<String>();
        input.path("required").forEach(name -> needed.add("`" + name.asString() + "`"));
        List<String> optional =
                input.path("properties").propertyNames().stream()
                        .map(name -> "`" + name + "`")
                        .filter(name -> !needed.contains(name))
                        .toList();
        return (needed.isEmpty() ? "nothing" : String.join(", ", needed))
                + (optional.isEmpty() ? "" : "; optional " + String.join(", ", optional));
    }

    private Schema compile(String name) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(bare(document(name)));
    }

    /** Without our own hints, which the validator does not know. */
    private static ObjectNode bare(ObjectNode document) {
        ObjectNode bare = document.deepCopy();
        bare.remove("x-wharf");
        return bare;
    }

    private ObjectNode document(String name) {
        return documents.computeIfAbsent(name, this::load);
    }

    private ObjectNode load(String name) {
        String resource = "/wharfinger/schemas/tools/" + name + ".json";
        try (InputStream in = Schemas.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no schema " + resource);
            }
            return (ObjectNode)
                    JsonTree.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
