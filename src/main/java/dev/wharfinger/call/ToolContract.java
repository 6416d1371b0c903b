package dev.wharfinger.call;

import tools.jackson.databind.node.ObjectNode;

/**
 * What a tool promises its callers: its name, a description written for a model, the schemas of
 * what goes in and out, and hints that are true.
 */
public record ToolContract(
        String name,
        String title,
        String description,
        ObjectNode inputSchema,
        ObjectNode outputSchema,
        Hints hints) {
    /** MCP's tool annotations, all four always said. */
    public record Hints(
            boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {}
}
