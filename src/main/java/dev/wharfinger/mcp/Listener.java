package dev.wharfinger.mcp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * {@code subscriptions/listen}: a request that is answered by what changes, until it is cancelled.
 * The acknowledgement comes first; every message carries the id of the request.
 */
final class Listener {
    private static final int MAX_URIS = 64;
    private static final int MAX_WAITING = 256;

    private final Features features;

    Listener(Features features) {
        this.features = features;
    }

    /** What serves this request, or nothing where the server never pushes. */
    Optional<Function<RequestContext, Reply>> handler(Message.Request request) {
        ObjectNode offered = features.offer().modernCapabilities();
        boolean pushes =
                offered.path("tools").path("listChanged").booleanValue(false)
                        || offered.path("prompts").path("listChanged").booleanValue(false)
                        || offered.path("resources").path("listChanged").booleanValue(false)
                        || offered.path("resources").path("subscribe").booleanValue(false);
        return pushes ? Optional.of(context -> listen(request, context)) : Optional.empty();
    }

    private Reply listen(Message.Request request, RequestContext context) {
        JsonNode wanted = request.params().path("notifications");
        if (!wanted.isObject()) {
            return wrong("`notifications` must be an object");
        }
        List<String> uris = new ArrayList<>();
        for (JsonNode uri : wanted.path("resourceSubscriptions")) {
            if (!uri.isString() || uris.size() == MAX_URIS) {
                return wrong("`resourceSubscriptions` must hold at most 64 strings");
            }
            uris.add(uri.stringValue());
        }
        Interest interest =
                new Interest(
                        wanted.path("toolsListChanged").booleanValue(false),
                        wanted.path("promptsListChanged").booleanValue(false),
                        wanted.path("resourcesListChanged").booleanValue(false),
                        uris);
        BlockingQueue<Optional<Change>> changes = new LinkedBlockingQueue<>(MAX_WAITING);
        return features.listen(interest, change -> changes.offer(Optional.of(change)), context)
                .map(listening -> tell(request.id(), listening, changes, context))
                .orElseGet(() -> wrong("too many subscriptions; end one of them first"));
    }

    /** Ends only by cancellation, which puts an empty element into the queue. */
    private static Reply tell(
            RequestId id,
            Listening listening,
            BlockingQueue<Optional<Change>> changes,
            RequestContext to) {
        try (listening) {
            to.onCancel(() -> {
                changes.clear();
                changes.offer(Optional.empty());
            });
            to.emit(outlet -> outlet.send(acknowledgement(id, listening.honoured())));
            for (Optional<Change> change = changes.take();
                    change.isPresent() && !to.cancelled();
                    change = changes.take()) {
                ObjectNode message = Notifications.of(change.get(), Notifications.tag(id.node()));
                to.emit(outlet -> outlet.send(message));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.putObject("_meta").set(Envelope.SUBSCRIPTION, id.node());
        return Reply.of(result);
    }

    private static ObjectNode acknowledgement(RequestId id, Interest honoured) {
        ObjectNode params = Notifications.tag(id.node());
        ObjectNode accepted = params.putObject("notifications");
        if (honoured.tools()) {
            accepted.put("toolsListChanged", true);
        }
        if (honoured.prompts()) {
            accepted.put("promptsListChanged", true);
        }
        if (honoured.resources()) {
            accepted.put("resourcesListChanged", true);
        }
        if (!honoured.uris().isEmpty()) {
            ArrayNode uris = accepted.putArray("resourceSubscriptions");
            honoured.uris().forEach(uris::add);
        }
        return Notifications.of("notifications/subscriptions/acknowledged", params);
    }

    private static Reply wrong(String reason) {
        return new Reply.Failed(RpcError.invalidParams(reason));
    }
}
