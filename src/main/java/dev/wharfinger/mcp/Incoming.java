package dev.wharfinger.mcp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What arrived as one line or one body. */
public sealed interface Incoming {
    /** The most messages that one batch may hold. */
    int MAX_BATCH = 100;

    /** No JSON at all. */
    record Unreadable(RpcError error) implements Incoming {}

    /** One message. */
    record Single(Message message) implements Incoming {}

    /** A JSON array of messages, which only revision 2025-03-26 knows. */
    record Batch(List<Message> messages) implements Incoming {
        public Batch {
            messages = List.copyOf(messages);
        }
    }

    /** Reads these bytes strictly. */
    static Incoming read(byte[] bytes, int offset, int length) {
        try {
            JsonNode document = StrictJson.read(bytes, offset, length);
            if (document instanceof ArrayNode array) {
                return batch(array);
            }
            return new Single(Message.of(document));
        } catch (MalformedJson e) {
            return new Unreadable(RpcError.parseError(e.reason()));
        }
    }

    /** Reads all of these bytes strictly. */
    static Incoming read(byte[] bytes) {
        return read(bytes, 0, bytes.length);
    }

    private static Incoming batch(ArrayNode array) {
        List<Message> messages = new ArrayList<>();
        if (array.size() <= MAX_BATCH) {
            array.forEach(element -> messages.add(Message.of(element)));
        }
        return new Batch(messages);
    }

    /**
     * Whether modern rules decide what becomes of this. A claim in the message counts, even a
     * broken one; over HTTP the version header too. Never what came before.
     */
    default boolean isModern(Optional<Headers> headers) {
        return this instanceof Single(Message.Request request) && isModern(request, headers);
    }

    /** Whether this is a legacy client's first message. */
    default boolean opensLegacy() {
        return this instanceof Single(Message.Request request)
                && request.method().equals("initialize")
                && !isModern(request, Optional.empty());
    }

    private static boolean isModern(Message.Request request, Optional<Headers> headers) {
        boolean enveloped =
                request.params().get("_meta") instanceof ObjectNode meta
                        && (meta.has(Envelope.VERSION) || meta.has(Envelope.CAPABILITIES));
        return enveloped
                || request.method().equals("server/discover")
                || request.method().equals("subscriptions/listen")
                || headers.flatMap(all -> all.one("MCP-Protocol-Version"))
                        .flatMap(Revision::of)
                        .filter(Revision::isModern)
                        .isPresent();
    }
}
