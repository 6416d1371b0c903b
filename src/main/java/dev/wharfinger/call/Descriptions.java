package dev.wharfinger.call;

import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts a tool's contract together from its schemas: title, description and hints stand there too.
 */
public final class Descriptions {
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
                schemas.output(traits.name()),
                hints);
    }
}
