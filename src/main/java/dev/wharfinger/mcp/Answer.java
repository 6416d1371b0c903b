package dev.wharfinger.mcp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/**
 * The last message for a request (an array for a batch), with the HTTP status that goes with it. It
 * may be sent once the journal is durable up to {@code durableUpTo}.
 */
public record Answer(JsonNode body, int httpStatus, long durableUpTo) {
    /** Nothing in the journal stands behind this answer. */
    public static final long NOTHING_OWED = -1;

    /** The answer to a message whose id could not be read. */
    public static Answer anonymous(RpcError error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        body.set("error", error.body());
        return new Answer(body, earlyStatus(error, true), NOTHING_OWED);
    }

    /** An error found before any handler ran. */
    public static Answer early(RequestId id, RpcError error, boolean modern) {
        return new Answer(failure(id, error), earlyStatus(error, modern), NOTHING_OWED);
    }

    /** An error that a handler gave. */
    public static Answer late(RequestId id, RpcError error) {
        return new Answer(failure(id, error), lateStatus(error), NOTHING_OWED);
    }

    /** A result. */
    public static Answer result(RequestId id, JsonNode result, long durableUpTo) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        body.set("id", id.node());
        body.set("result", result);
        return new Answer(body, 200, durableUpTo);
    }

    /** What is sent instead when the journal stopped before this answer could be relied upon. */
    public Answer withoutJournal() {
        RpcError error =
                new RpcError(
                        RpcError.INTERNAL_ERROR,
                        "The journal stopped before this was durable; ask a human",
                        Optional.of(
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("rule", "journal.stopped")));
        ArrayNode bodies = JsonNodeFactory.instance.arrayNode();
        for (JsonNode one : body instanceof ArrayNode many ? many : List.of(body)) {
            bodies.add(
                    RequestId.in(one.get("id"))
                            .map(id -> late(id, error).body())
                            .orElseGet(() -> anonymous(error).body()));
        }
        JsonNode instead = body.isArray() ? bodies : bodies.get(0);
        return new Answer(instead, httpStatus, NOTHING_OWED);
    }

    private static ObjectNode failure(RequestId id, RpcError error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        body.set("id", id.node());
        body.set("error", error.body());
        return body;
    }

    private static int earlyStatus(RpcError error, boolean modern) {
        return switch (error.code()) {
            case RpcError.PARSE_ERROR, RpcError.INVALID_REQUEST -> 400;
            case RpcError.METHOD_NOT_FOUND -> modern ? 404 : 200;
            case RpcError.INVALID_PARAMS -> modern ? 400 : 200;
            default -> lateStatus(error);
        };
    }

    /** Three codes are 400 even when a handler raises them. */
    private static int lateStatus(RpcError error) {
        return switch (error.code()) {
            case RpcError.HEADER_MISMATCH,
                    RpcError.MISSING_CAPABILITY,
                    RpcError.UNSUPPORTED_VERSION ->
                    400;
            default -> 200;
        };
    }
}
