package dev.wharfinger.mcp;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/** One JSON-RPC 2.0 message, or why it is none. Keys are exact: {@code Method} is not read. */
public sealed interface Message {
    /** Wants an answer. */
    record Request(RequestId id, String method, ObjectNode params) implements Message {}

    /** Gets no answer, whatever it says. */
    record Notification(String method, ObjectNode params) implements Message {}

    /** Answers a question of ours; never answered itself. */
    record Response(Optional<RequestId> id, Optional<ObjectNode> result) implements Message {}

    /** Not a message; answered with the id where that could be read. */
    record Invalid(Optional<RequestId> id, RpcError error) implements Message {}

    /** Reads what a document says. */
    static Message of(JsonNode document) {
        if (!(document instanceof ObjectNode body)) {
            return invalid(Optional.empty(), "a message is an object");
        }
        JsonNode rawId = body.get("id");
        Optional<RequestId> id = RequestId.in(rawId);
        if (!body.has("method") && (body.has("result") || body.has("error"))) {
            return new Response(id, object(body.get("result")));
        }
        if (!body.path("jsonrpc").isString() || !body.path("jsonrpc").stringValue().equals("2.0")) {
            return invalid(id, "`jsonrpc` must be \"2.0\"");
        }
        if (rawId != null && id.isEmpty()) {
            return invalid(id, "`id` must be a string or a whole number");
        }
        if (!body.path("method").isString()) {
            return invalid(id, "`method` must be a string");
        }
        String method = body.path("method").stringValue();
        JsonNode rawParams = body.get("params");
        Optional<ObjectNode> params = object(rawParams);
        if (rawParams != null && params.isEmpty()) {
            return invalid(id, "`params` must be an object");
        }
        ObjectNode given = params.orElseGet(JsonNodeFactory.instance::objectNode);
        return id.<Message>map(wanted -> new Request(wanted, method, given))
                .orElseGet(() -> new Notification(method, given));
    }

    private static Message invalid(Optional<RequestId> id, String reason) {
        return new Invalid(id, RpcError.invalidRequest(reason));
    }

    private static Optional<ObjectNode> object(@Nullable JsonNode node) {
        return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    }
}
