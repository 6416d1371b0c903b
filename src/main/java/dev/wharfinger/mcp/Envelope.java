package dev.wharfinger.mcp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/** What a modern request says about itself in {@code params._meta}. */
record Envelope(
        String version,
        ObjectNode capabilities,
        Optional<ObjectNode> clientInfo,
        Optional<LogLevel> logLevel,
        ObjectNode meta) {
    private static final List<Revision> SUPPORTED = List.of(Revision.V2026_07_28);
    static final String PREFIX = "io.modelcontextprotocol/";
    static final String VERSION = PREFIX + "protocolVersion";
    static final String CAPABILITIES = PREFIX + "clientCapabilities";
    static final String CLIENT = PREFIX + "clientInfo";
    static final String LOG_LEVEL = PREFIX + "logLevel";
    static final String SERVER = PREFIX + "serverInfo";
    static final String SUBSCRIPTION = PREFIX + "subscriptionId";

    /** What reading gave: an envelope, or the error to answer with. */
    sealed interface Read {
        record Good(Envelope envelope) implements Read {}

        record Bad(RpcError error) implements Read {}
    }

    /** Reads the envelope; each complaint names its key. */
    static Read of(ObjectNode params) {
        if (!(params.get("_meta") instanceof ObjectNode meta)) {
            return bad("`_meta` must be an object that holds `" + VERSION + "`");
        }
        if (!meta.path(VERSION).isString()) {
            return bad("`_meta` must hold `" + VERSION + "`, a string");
        }
        if (!(meta.get(CAPABILITIES) instanceof ObjectNode capabilities)) {
            return bad("`_meta` must hold `" + CAPABILITIES + "`, an object");
        }
        JsonNode level = meta.path(LOG_LEVEL);
        Optional<LogLevel> logLevel =
                level.isString() ? LogLevel.of(level.stringValue()) : Optional.empty();
        if (!level.isMissingNode() && logLevel.isEmpty()) {
            return bad("`" + LOG_LEVEL + "` is no log level");
        }
        JsonNode token = meta.path("progressToken");
        if (!token.isMissingNode() && !token.isString() && !token.isIntegralNumber()) {
            return bad("`progressToken` must be a string or a whole number");
        }
        Optional<ObjectNode> client =
                meta.get(CLIENT) instanceof ObjectNode info ? Optional.of(info) : Optional.empty();
        String version = meta.path(VERSION).stringValue();
        return new Read.Good(new Envelope(version, capabilities, client, logLevel, meta));
    }

    /** The revisions that a modern envelope may name. */
    static List<Revision> supported() {
        return SUPPORTED;
    }

    /** Who answers, for the {@code _meta} of a result. */
    static ObjectNode signature(Offer offer) {
        ObjectNode meta = JsonNodeFactory.instance.objectNode();
        meta.set(SERVER, offer.serverInfo());
        return meta;
    }

    private static Read bad(String reason) {
        return new Read.Bad(RpcError.invalidParams(reason));
    }
}
