package dev.wharfinger.mcp;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The Model Context Protocol without its transports: one message in, what to do with it out. Era
 * and revision are decided for each message by itself, so that modern requests and a legacy
 * conversation may share a pipe. Thread-safe; holds no state but its tasks and what it was made
 * with.
 */
public final class Protocol {
    private final Modern modern;
    private final Legacy legacy;

    /**
     * Serves these features.
     *
     * @param random for the ids of tasks: must be cryptographically strong
     */
    public Protocol(Features features, RandomGenerator random, InstantSource clock) {
        Methods methods = new Methods(features);
        this.modern = new Modern(features, methods, new Tasks(features, random, clock));
        this.legacy = new Legacy(features, methods);
    }

    /**
     * Takes what arrived.
     *
     * @param on the pipe, the session, or a new conversation for a modern HTTP request
     * @param headers those of the HTTP request; empty on a pipe, where header rules do not apply
     * @param outlet where messages go that precede the answer
     */
    public Receipt receive(
            Incoming incoming, Conversation on, Optional<Headers> headers, Outlet outlet) {
        // No switch over types on the way of a first call, here and below: the JDK's AOT cache does
        // not hold what they are linked by, which makes each of them cost milliseconds at the
        // start.
        if (incoming instanceof Incoming.Single(var message)) {
            return single(message, incoming.isModern(headers), on, headers, outlet);
        }
        return incoming instanceof Incoming.Batch(var messages)
                ? batch(messages, on, outlet)
                : new Receipt.Answered(Answer.anonymous(((Incoming.Unreadable) incoming).error()));
    }

    private Receipt single(
            Message message,
            boolean isModern,
            Conversation on,
            Optional<Headers> headers,
            Outlet outlet) {
        if (message instanceof Message.Request request) {
            return isModern
                    ? modern.take(request, on, headers, outlet)
                    : legacy.take(request, on, outlet);
        }
        if (message instanceof Message.Notification(var method, var params)) {
            if (method.equals("notifications/cancelled")) {
                RequestId.in(params.get("requestId")).ifPresent(on::cancel);
            }
            return new Receipt.Accepted();
        }
        if (message instanceof Message.Response response) {
            on.take(response);
            return new Receipt.Accepted();
        }
        Message.Invalid invalid = (Message.Invalid) message;
        return new Receipt.Answered(
                invalid.id()
                        .map(known -> Answer.early(known, invalid.error(), true))
                        .orElseGet(() -> Answer.anonymous(invalid.error())));
    }

    /** Only 2025-03-26 knows batches, and only for what it knows. */
    private Receipt batch(List<Message> messages, Conversation on, Outlet outlet) {
        if (on.revision().filter(Revision.V2025_03_26::equals).isEmpty()) {
            return refused("this revision knows no batches");
        }
        if (messages.isEmpty()) {
            return refused("a batch holds 1 to " + Incoming.MAX_BATCH + " messages");
        }
        List<Receipt> receipts = new ArrayList<>();
        for (Message message : messages) {
            Incoming alone = new Incoming.Single(message);
            boolean outOfPlace = alone.isModern(Optional.empty()) || alone.opensLegacy();
            receipts.add(
                    outOfPlace && message instanceof Message.Request(var id, var method, var params)
                            ? new Receipt.Answered(
                                    Answer.early(
                                            id,
                                            RpcError.invalidRequest(
                                                    "`" + method + "` cannot be in a batch"),
                                            false))
                            : single(message, false, on, Optional.empty(), outlet));
        }
        if (receipts.stream().allMatch(Receipt.Accepted.class::isInstance)) {
            return new Receipt.Accepted();
        }
        return new Receipt.Work(
                receipts.stream().anyMatch(r -> r instanceof Receipt.Work work && work.waits()),
                () -> gathered(receipts),
                () ->
                        receipts.forEach(r -> {
                            if (r instanceof Receipt.Work work) {
                                work.cancel().run();
                            }
                        }));
    }

    private static Optional<Answer> gathered(List<Receipt> receipts) {
        ArrayNode bodies = JsonNodeFactory.instance.arrayNode();
        long durableUpTo = Answer.NOTHING_OWED;
        for (Receipt receipt : receipts) {
            Optional<Answer> answer =
                    switch (receipt) {
                        case Receipt.Accepted() -> Optional.empty();
                        case Receipt.Answered(var known) -> Optional.of(known);
                        case Receipt.Work work -> work.run().get();
                    };
            if (answer.isPresent()) {
                bodies.add(answer.get().body());
                durableUpTo = Math.max(durableUpTo, answer.get().durableUpTo());
            }
        }
        return bodies.isEmpty()
                ? Optional.empty()
                : Optional.of(new Answer(bodies, 200, durableUpTo));
    }

    private static Receipt refused(String reason) {
        return new Receipt.Answered(Answer.anonymous(RpcError.invalidRequest(reason)));
    }
}
