package dev.wharfinger.product;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds every answer against what {@code tools/list} promised: the output schema, refusals and
 * failures too (the TypeScript SDK up to 1.32 does so and hands its agent nothing else); each call
 * that it offers under {@code next}, which must be a listed tool with arguments that fit; and its
 * first line, which must be short.
 */
final class OutputPromises {
    private static final int FIRST_LINE = 200;
    private final Map<String, Schema> inputs = new HashMap<>();
    private final Map<String, Schema> outputs = new HashMap<>();

    void read(JsonNode listed) {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        for (JsonNode tool : listed.path("result").path("tools")) {
            String name = tool.path("name").asString();
            inputs.put(name, registry.getSchema(tool.path("inputSchema")));
            outputs.put(name, registry.getSchema(tool.path("outputSchema")));
        }
    }

    void check(String tool, JsonNode result) {
        if (!result.has("structuredContent")) {
            return; // an answer that a killed server never gave
        }
        List<String> broken = broken(tool, result);
        if (!broken.isEmpty()) {
            throw new AssertionError(tool + " breaks its promises: " + broken + " in " + result);
        }
    }

    private List<String> broken(String tool, JsonNode result) {
        var broken = new ArrayList<String>();
        JsonNode structured = result.path("structuredContent");
        Schema output = outputs.get(tool);
        if (output != null) { // else a tool of somebody else
            output.validate(structured).forEach(error -> broken.add(error.toString()));
        }
        structured.path("next").forEach(call -> offered(call, broken));
        for (JsonNode refusal : structured.path("refused")) {
            refusal.path("next").forEach(call -> offered(call, broken));
        }
        String text = result.path("content").path(0).path("text").asString("");
        int first = text.lines().findFirst().orElse("").length();
        if (first == 0 || first > FIRST_LINE) {
            broken.add("its first line has " + first + " characters");
        }
        return broken;
    }

    private void offered(JsonNode call, List<String> broken) {
        String tool = call.path("tool").asString();
        Schema input = inputs.get(tool);
        if (input == null) {
            broken.add("it offers `" + tool + "`, which is not listed");
            return;
        }
        input.validate(call.path("arguments"))
                .forEach(error -> broken.add("it offers " + call + ": " + error));
    }
}
