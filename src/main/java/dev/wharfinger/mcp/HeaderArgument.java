package dev.wharfinger.mcp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An argument that a tool's input schema mirrors into a header by {@code x-mcp-header}, so that
 * gateways can route without reading bodies (SEP-2243).
 */
public record HeaderArgument(List<String> path, String header) {
    public HeaderArgument {
        path = List.copyOf(path);
    }

    /** All marks of a schema that are reached by {@code properties} alone. */
    public static List<HeaderArgument> in(ObjectNode schema) {
        List<HeaderArgument> found = new ArrayList<>();
        collect(schema, List.of(), found);
        return found;
    }

    private static void collect(JsonNode schema, List<String> path, List<HeaderArgument> found) {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            List<String> below = new ArrayList<>(path);
            below.add(property.getKey());
            JsonNode mark = property.getValue().path("x-mcp-header");
            if (mark.isString()) {
                found.add(new HeaderArgument(below, "Mcp-Param-" + mark.stringValue()));
            }
            collect(property.getValue(), below, found);
        }
    }

    /** The argument's value, or a missing node. */
    public JsonNode value(JsonNode arguments) {
        JsonNode value = arguments;
        for (String name : path) {
            value = value.path(name);
        }
        return value;
    }
}
