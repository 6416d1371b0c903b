package dev.wharfinger.mcp;

import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/**
 * What a server says of itself at {@code initialize} and {@code server/discover}. A method whose
 * capability is not declared for an era does not exist in it.
 */
public record Offer(
        ObjectNode serverInfo,
        Optional<String> instructions,
        ObjectNode modernCapabilities,
        ObjectNode legacyCapabilities) {
    public Offer {
        if (!serverInfo.path("name").isString() || !serverInfo.path("version").isString()) {
            throw new IllegalArgumentException("a server has a name and a version: " + serverInfo);
        }
    }

    /** What clients of this revision are told. */
    public ObjectNode capabilities(Revision revision) {
        return revision.isModern() ? modernCapabilities : legacyCapabilities;
    }
}
