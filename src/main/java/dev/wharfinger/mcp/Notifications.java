package dev.wharfinger.mcp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Messages that begin at the server. */
final class Notifications {
    private Notifications() {}

    static ObjectNode of(String method, ObjectNode params) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("jsonrpc", "2.0").put("method", method);
        message.set("params", params);
        return message;
    }

    static ObjectNode question(RequestId id, String method, ObjectNode params) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("jsonrpc", "2.0");
        message.set("id", id.node());
        message.put("method", method);
        message.set("params", params);
        return message;
    }

    /** A change; to modern listeners tagged with the id of the request that listens. */
    static ObjectNode of(Change change, ObjectNode params) {
        return switch (change) {
            case Change.Tools() -> of("notifications/tools/list_changed", params);
            case Change.Prompts() -> of("notifications/prompts/list_changed", params);
            case Change.Resources() -> of("notifications/resources/list_changed", params);
            case Change.Resource(String uri) ->
                    of("notifications/resources/updated", params.put("uri", uri));
        };
    }

    static ObjectNode tag(JsonNode subscription) {
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        params.putObject("_meta").set(Envelope.SUBSCRIPTION, subscription);
        return params;
    }
}
