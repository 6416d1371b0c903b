package dev.wharfinger.mcp;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/**
 * A JSON-RPC error: the road for what is malformed. Codes are those of JSON-RPC 2.0 and of MCP
 * 2026-07-28; none is invented.
 */
public record RpcError(int code, String message, Optional<ObjectNode> data) {
    public static final int PARSE_ERROR = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    public static final int INTERNAL_ERROR = -32603;
    public static final int RESOURCE_NOT_FOUND = -32002;
    public static final int HEADER_MISMATCH = -32020;
    public static final int MISSING_CAPABILITY = -32021;
    public static final int UNSUPPORTED_VERSION = -32022;

    private static RpcError plain(int code, String message) {
        return new RpcError(code, message, Optional.empty());
    }

    /** The bytes are no JSON document. */
    public static RpcError parseError(String reason) {
        return plain(PARSE_ERROR, "Parse error: " + reason);
    }

    /** The document is no JSON-RPC message. */
    public static RpcError invalidRequest(String reason) {
        return plain(INVALID_REQUEST, "Invalid request: " + reason);
    }

    /** Nothing answers to this method in this era. */
    public static RpcError methodNotFound(String method) {
        return plain(METHOD_NOT_FOUND, "Method not found: " + shown(method));
    }

    /** A parameter is missing, of the wrong type, or names what does not exist. */
    public static RpcError invalidParams(String reason) {
        return plain(INVALID_PARAMS, "Invalid params: " + reason);
    }

    /** A name, URI or cursor that the server does not have. */
    public static RpcError unknown(String noun, String value) {
        return invalidParams("unknown " + noun + " `" + shown(value) + "`");
    }

    /** A resource that does not exist; its code changed with 2026-07-28. */
    public static RpcError unknownResource(Revision revision, String uri) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("uri", uri);
        return new RpcError(
                revision.isModern() ? INVALID_PARAMS : RESOURCE_NOT_FOUND,
                "Resource not found: " + shown(uri),
                Optional.of(data));
    }

    /** A bug of ours, of which the caller learns the incident's id and nothing else. */
    public static RpcError internal(String incident) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("incident", incident);
        return new RpcError(INTERNAL_ERROR, "Internal error", Optional.of(data));
    }

    /** A header that is missing, malformed, or says something else than the body. */
    public static RpcError headerMismatch(String reason) {
        return plain(HEADER_MISMATCH, "Header mismatch: " + reason);
    }

    /**
     * What the request needs and this client did not declare on it: a ClientCapabilities object.
     */
    public static RpcError missingCapability(ObjectNode required) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.set("requiredCapabilities", required);
        return new RpcError(
                MISSING_CAPABILITY, "Missing required client capability", Optional.of(data));
    }

    /** A version in a modern envelope that this server does not serve. */
    public static RpcError unsupportedVersion(String requested, List<Revision> supported) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode versions = data.putArray("supported");
        supported.forEach(revision -> versions.add(revision.text()));
        data.put("requested", requested);
        return new RpcError(
                UNSUPPORTED_VERSION,
                "Unsupported protocol version: " + shown(requested),
                Optional.of(data));
    }

    /** The error object of the wire. */
    public ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("code", code).put("message", message);
        data.ifPresent(extra -> body.set("data", extra));
        return body;
    }

    private static String shown(String value) {
        return value.length() <= 200 ? value : value.substring(0, 200) + "…";
    }
}
