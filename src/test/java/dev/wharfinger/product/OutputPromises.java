package dev.wharfinger.product;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.Map;

/**
 * Holds every answer against the output schema that {@code tools/list} promised, refusals and
 * failures too: the TypeScript SDK up to 1.32 does so and hands its agent nothing else.
 */
final class OutputPromises {
    private final Map<String, Schema> schemas = new HashMap<>();

    void read(JsonNode listed) {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        for (JsonNode tool : listed.path("result").path("tools")) {
            schemas.put(
                    tool.path("name").asString(), registry.getSchema(tool.path("outputSchema")));
        }
    }

    void check(String tool, JsonNode result) {
        Schema schema = schemas.get(tool);
        if (schema == null || !result.has("structuredContent")) {
            return; // a tool of somebody else, or an answer that a killed server never gave
        }
        var broken = schema.validate(result.path("structuredContent"));
        if (!broken.isEmpty()) {
            throw new AssertionError(
                    tool + " breaks its output schema: " + broken + " in " + result);
        }
    }
}
