package dev.wharfinger.call;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts a tool's contract together from its schemas: title, description and hints stand there too.
 */
public final class Descriptions {
    /** The schema beside the tools' own: what any of them answers where the answer is no. */
    private static final String NO = "no";

    private final Schemas schemas;
    private final Map<String, ToolContract> contracts = new ConcurrentHashMap<>();

    /** From these schemas. */
    public Descriptions(Schemas schemas) {
        this.schemas = schemas;
    }

    /** The contract of one tool. */
    public ToolContract contract(Tool.Traits traits) {
        return contracts.computeIfAbsent(traits.name(), _ -> read(traits));
    }

    private ToolContract read(Tool.Traits traits) {
        ObjectNode input = schemas.input(traits.name());
        var node = input.path("x-wharf");
        ObjectNode bare = input.deepCopy();
        bare.remove("x-wharf");
        bare.remove("title");
        bare.remove("description");
        boolean readOnly = traits.nature() != Tool.Nature.CHANGES;
        var hints =
                new ToolContract.Hints(
                        readOnly,
                        node.path("destructive").asBoolean(false),
                        node.path("idempotent").asBoolean(readOnly),
                        node.path("openWorld").asBoolean(false));
        return new ToolContract(
                traits.name(),
                input.path("title").asString(),
                input.path("description").asString(),
                bare,
                answers(schemas.output(traits.name()), schemas.output(NO)),
                hints);
    }

    /**
     * What a tool may answer: what it does, or one of the ways to say no. Many clients hold a
     * refusal against this schema too, and would show their agent nothing but a mismatch.
     */
    private static ObjectNode answers(ObjectNode done, ObjectNode no) {
        ObjectNode both = done.deepCopy();
        ObjectNode properties = both.withObjectProperty("properties");
        no.path("properties").properties().forEach(e -> or(properties, e.getKey(), e.getValue()));
        if (both.remove("required") instanceof ArrayNode needed) {
            ArrayNode ways = both.putArray("anyOf");
            ways.addObject().set("required", needed);
            no.path("properties")
                    .propertyNames()
                    .forEach(name -> ways.addObject().putArray("required").add(name));
        }
        return both;
    }

    private static void or(ObjectNode properties, String name, JsonNode no) {
        JsonNode own = properties.path(name); // `failed` counts tests in one of the tools
        if (own.isMissingNode()) {
            properties.set(name, no);
        } else {
            properties.set(name, properties.objectNode());
            properties.withObjectProperty(name).putArray("anyOf").add(own).add(no);
        }
    }
}
