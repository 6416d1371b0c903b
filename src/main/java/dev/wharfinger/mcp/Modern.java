package dev.wharfinger.mcp;

import dev.wharfinger.call.Kept;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;
import java.util.function.Function;

/**
 * Requests of 2026-07-28, each by itself. Checked in this order: envelope, version, headers,
 * method, parameters, capabilities.
 */
final class Modern {
    private static final String MODERN = Revision.V2026_07_28.text();

    private final Features features;
    private final Methods methods;
    private final Listener listener;
    private final SkillMethods skills;
    private final Tasks tasks;
    private volatile Signature signature;

    Modern(Features features, Methods methods, Tasks tasks) {
        this.features = features;
        this.methods = methods;
        this.listener = new Listener(features);
        this.skills = new SkillMethods(features);
        this.tasks = tasks;
        this.signature = Signature.of(features.offer());
    }

    Receipt take(
            Message.Request request, Conversation on, Optional<Headers> headers, Outlet outlet) {
        Envelope.Read read = Envelope.of(request.params());
        if (read instanceof Envelope.Read.Good(var envelope)) {
            Optional<RpcError> wrong = wrongVersion(envelope, headers);
            if (wrong.isEmpty()) {
                wrong = wrongHeaders(request, headers);
            }
            return wrong.isPresent()
                    ? refused(request, wrong.get())
                    : route(request, envelope, on, headers, outlet);
        }
        return refused(request, ((Envelope.Read.Bad) read).error());
    }

    private static Optional<RpcError> wrongVersion(Envelope envelope, Optional<Headers> headers) {
        Optional<RpcError> mismatch =
                headers.flatMap(all -> HeaderRules.version(all, envelope.version()))
                        .map(RpcError::headerMismatch);
        boolean served =
                Revision.of(envelope.version()).filter(Envelope.supported()::contains).isPresent();
        return mismatch.isPresent() || served
                ? mismatch
                : Optional.of(
                        RpcError.unsupportedVersion(envelope.version(), Envelope.supported()));
    }

    private static Optional<RpcError> wrongHeaders(
            Message.Request request, Optional<Headers> headers) {
        return headers.flatMap(all -> HeaderRules.standard(all, request))
                .map(RpcError::headerMismatch);
    }

    private Receipt route(
            Message.Request request,
            Envelope envelope,
            Conversation on,
            Optional<Headers> headers,
            Outlet outlet) {
        String method = request.method();
        ObjectNode params = request.params();
        Optional<Function<RequestContext, Reply>> handler =
                switch (method) {
                    case "server/discover" -> Optional.of(context -> discover());
                    case "subscriptions/listen" -> listener.handler(request);
                    default ->
                            methods.find(method, params, Revision.V2026_07_28)
                                    .or(() -> tasks.find(method, params))
                                    .or(() -> skills.find(method, params));
                };
        if (handler.isEmpty()) {
            return refused(request, RpcError.methodNotFound(method));
        }
        InFlight flight = new InFlight(outlet);
        RequestContext context = new RequestContext(on, flight, params, envelope);
        Optional<String> wrong = wrongArguments(request, headers, context);
        if (wrong.isPresent()) {
            return refused(request, RpcError.headerMismatch(wrong.get()));
        }
        boolean waits =
                method.equals("subscriptions/listen")
                        || features.waits(method, Methods.nameIn(method, params));
        return new Run(features, request.id(), flight, on)
                .start(
                        waits,
                        () -> settled(handler.get().apply(context), context),
                        reply -> answer(request, reply));
    }

    private Reply settled(Reply reply, RequestContext context) {
        return reply instanceof Reply.Deferred deferred ? tasks.begin(deferred, context) : reply;
    }

    private Optional<String> wrongArguments(
            Message.Request request, Optional<Headers> headers, RequestContext context) {
        if (headers.isEmpty()
                || !request.method().equals("tools/call")
                || !request.params().path("name").isString()) {
            return Optional.empty();
        }
        String tool = request.params().path("name").stringValue();
        ObjectNode arguments =
                request.params().get("arguments") instanceof ObjectNode given
                        ? given
                        : JsonNodeFactory.instance.objectNode();
        return HeaderRules.arguments(
                headers.get(), features.headerArguments(tool, context), arguments);
    }

    private Reply discover() {
        Offer offer = features.offer();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode versions = result.putArray("supportedVersions");
        Envelope.supported().forEach(revision -> versions.add(revision.text()));
        result.set("capabilities", offer.modernCapabilities());
        offer.instructions().ifPresent(text -> result.put("instructions", text));
        return Reply.of(result);
    }

    private Answer answer(Message.Request request, Reply reply) {
        if (reply instanceof Reply.Complete(var result, var durableUpTo, var kept)) {
            return Answer.result(
                    request.id(),
                    JsonBytes.kept(kept, MODERN, () -> finished(request.method(), result)),
                    durableUpTo);
        }
        if (reply instanceof Reply.Failed(var error)) {
            return Answer.late(request.id(), error);
        }
        Reply.InputRequired asking = (Reply.InputRequired) reply;
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("resultType", "input_required");
        asking.requests().ifPresent(questions -> result.set("inputRequests", questions));
        asking.state().ifPresent(sealed -> result.put("requestState", sealed));
        sign(result);
        return Answer.result(request.id(), result, Answer.NOTHING_OWED);
    }

    private ObjectNode finished(String method, ObjectNode given) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("resultType", "complete");
        result.setAll(given);
        if (isCacheable(method)) {
            Freshness freshness = features.freshness(method);
            result.put("ttlMs", freshness.ttlMillis()).put("cacheScope", freshness.scope());
        }
        sign(result);
        return result;
    }

    private static boolean isCacheable(String method) {
        return switch (method) {
            case "server/discover",
                    "tools/list",
                    "prompts/list",
                    "resources/list",
                    "resources/templates/list",
                    "resources/read",
                    "resources/directory/read",
                    "skills/list",
                    "skills/get" ->
                    true;
            default -> false;
        };
    }

    private void sign(ObjectNode result) {
        Offer offer = features.offer();
        if (result.get("_meta") instanceof ObjectNode given) {
            ObjectNode meta = Envelope.signature(offer);
            meta.setAll(given);
            result.set("_meta", meta);
        } else {
            result.set("_meta", signature(offer));
        }
    }

    /** The same for every answer, so encoded once. */
    private JsonNode signature(Offer offer) {
        Signature last = signature;
        if (last.by() != offer) {
            last = Signature.of(offer);
            signature = last;
        }
        return last.encoded();
    }

    private record Signature(Offer by, JsonNode encoded) {
        static Signature of(Offer offer) {
            return new Signature(
                    offer, JsonBytes.kept(Kept.forMore(), MODERN, () -> Envelope.signature(offer)));
        }
    }

    private static Receipt refused(Message.Request request, RpcError error) {
        return new Receipt.Answered(Answer.early(request.id(), error, true));
    }
}
