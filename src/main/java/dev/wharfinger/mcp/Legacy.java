package dev.wharfinger.mcp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Requests of 2024-11-05 to 2025-11-25. {@code initialize} settles the revision of its
 * conversation; what comes before it is served too, as the newest of them.
 */
final class Legacy {
    private static final int MAX_SUBSCRIPTIONS = 64;

    private final Features features;
    private final Methods methods;

    Legacy(Features features, Methods methods) {
        this.features = features;
        this.methods = methods;
    }

    Receipt take(Message.Request request, Conversation on, Outlet outlet) {
        String method = request.method();
        Optional<Function<RequestContext, Reply>> handler = handler(request, on);
        if (handler.isEmpty()) {
            return new Receipt.Answered(
                    Answer.early(request.id(), RpcError.methodNotFound(method), false));
        }
        InFlight flight = new InFlight(outlet);
        RequestContext context = new RequestContext(on, flight, request.params());
        boolean waits = features.waits(method, Methods.nameIn(method, request.params()));
        return new Run(features, request.id(), flight, on)
                .start(
                        waits,
                        () -> handler.get().apply(context),
                        reply -> answer(request, context.revision(), reply));
    }

    private Optional<Function<RequestContext, Reply>> handler(
            Message.Request request, Conversation on) {
        ObjectNode params = request.params();
        ObjectNode offered = features.offer().legacyCapabilities();
        boolean subscribes = offered.path("resources").path("subscribe").booleanValue(false);
        return switch (request.method()) {
            case "initialize" -> Optional.of(context -> initialize(params, on));
            case "ping" -> Optional.of(context -> empty());
            case "logging/setLevel" ->
                    offered.has("logging")
                            ? Optional.of(context -> setLevel(params, on))
                            : Optional.empty();
            case "resources/subscribe" ->
                    subscribes
                            ? Optional.of(context -> subscribe(params, on, context))
                            : Optional.empty();
            case "resources/unsubscribe" ->
                    subscribes ? Optional.of(context -> unsubscribe(params, on)) : Optional.empty();
            default -> methods.find(request.method(), params, on.legacyRevision());
        };
    }

    /** Never an error about the version: a client that cannot speak ours leaves by itself. */
    private Reply initialize(ObjectNode params, Conversation on) {
        if (!params.path("protocolVersion").isString()) {
            return wrong("`protocolVersion` must be a string");
        }
        Revision revision =
                Revision.of(params.path("protocolVersion").stringValue())
                        .filter(asked -> !asked.isModern())
                        .orElse(Revision.NEWEST_LEGACY);
        ObjectNode capabilities =
                params.get("capabilities") instanceof ObjectNode given
                        ? given
                        : JsonNodeFactory.instance.objectNode();
        Optional<ObjectNode> client =
                params.get("clientInfo") instanceof ObjectNode info
                        ? Optional.of(info)
                        : Optional.empty();
        on.settle(new Conversation.Settled(revision, capabilities, client));
        Offer offer = features.offer();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("protocolVersion", revision.text());
        result.set("capabilities", offer.legacyCapabilities());
        result.set("serverInfo", offer.serverInfo());
        offer.instructions().ifPresent(text -> result.put("instructions", text));
        return Reply.of(result);
    }

    private static Reply setLevel(ObjectNode params, Conversation on) {
        JsonNode asked = params.path("level");
        Optional<LogLevel> level =
                asked.isString() ? LogLevel.of(asked.stringValue()) : Optional.empty();
        if (level.isEmpty()) {
            return wrong("`level` is no log level");
        }
        on.logFrom(level.get());
        return empty();
    }

    private Reply subscribe(ObjectNode params, Conversation on, RequestContext context) {
        if (!params.path("uri").isString()) {
            return wrong("`uri` must be a string");
        }
        if (on.subscriptions() >= MAX_SUBSCRIPTIONS) {
            return wrong("too many subscriptions");
        }
        String uri = params.path("uri").stringValue();
        Interest interest = new Interest(false, false, false, List.of(uri));
        Optional<Listening> listening =
                features.listen(interest, change -> push(change, on), context);
        if (listening.isEmpty()) {
            return wrong("too many subscriptions");
        }
        if (listening.get().honoured().uris().isEmpty()) {
            listening.get().close();
            return new Reply.Failed(RpcError.unknownResource(context.revision(), uri));
        }
        on.subscribed(uri, listening.get());
        return empty();
    }

    private static void push(Change change, Conversation on) {
        on.standing().offer(Notifications.of(change, JsonNodeFactory.instance.objectNode()));
    }

    private static Reply unsubscribe(ObjectNode params, Conversation on) {
        if (!params.path("uri").isString()) {
            return wrong("`uri` must be a string");
        }
        on.unsubscribed(params.path("uri").stringValue());
        return empty();
    }

    private static Answer answer(Message.Request request, Revision revision, Reply reply) {
        if (reply instanceof Reply.Complete(var result, var durableUpTo, var kept)) {
            return Answer.result(
                    request.id(),
                    JsonBytes.kept(kept, revision.text(), () -> fitted(result, revision)),
                    durableUpTo);
        }
        if (reply instanceof Reply.Failed(var error)) {
            return Answer.late(request.id(), error);
        }
        throw new IllegalStateException("a legacy client was asked the modern way");
    }

    /** Old clients take extra fields but no content type that they do not know. */
    private static ObjectNode fitted(ObjectNode result, Revision revision) {
        if (revision.isAtLeast(Revision.V2025_06_18)
                || !(result.get("content") instanceof ArrayNode content)) {
            return result;
        }
        ArrayNode fitting = JsonNodeFactory.instance.arrayNode();
        for (JsonNode block : content) {
            String type = block.path("type").asString("");
            boolean known =
                    !type.equals("resource_link")
                            && (!type.equals("audio") || revision.isAtLeast(Revision.V2025_03_26));
            fitting.add(known ? block : asText(block, type));
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll(result);
        copy.set("content", fitting);
        return copy;
    }

    private static ObjectNode asText(JsonNode block, String type) {
        String text =
                type.equals("audio")
                        ? "(audio, which this client cannot take)"
                        : block.path("name").asString("") + ": " + block.path("uri").asString("");
        return JsonNodeFactory.instance.objectNode().put("type", "text").put("text", text.strip());
    }

    private static Reply empty() {
        return Reply.of(JsonNodeFactory.instance.objectNode());
    }

    private static Reply wrong(String reason) {
        return new Reply.Failed(RpcError.invalidParams(reason));
    }
}
