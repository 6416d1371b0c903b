package dev.wharfinger.mcp;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.Optional;

/** The id of a JSON-RPC request: a string or a whole number of any size, echoed as it came. */
public record RequestId(JsonNode node) {
    public RequestId {
        if (!node.isString() && !node.isIntegralNumber()) {
            throw new IllegalArgumentException("an id is a string or a whole number");
        }
    }

    // Written out, as the AOT cache does not hold what a record's own are linked by.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestId(var theirs) && node.equals(theirs);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    /** An id of our own, for what the server asks a client. */
    public static RequestId of(String text) {
        return new RequestId(JsonNodeFactory.instance.stringNode(text));
    }

    /** The id in this node, unless it is null, fractional ({@code 1.0} too) or no scalar. */
    public static Optional<RequestId> in(@Nullable JsonNode node) {
        return node != null && (node.isString() || node.isIntegralNumber())
                ? Optional.of(new RequestId(node))
                : Optional.empty();
    }
}
