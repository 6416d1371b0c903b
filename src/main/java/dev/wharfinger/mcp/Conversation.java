package dev.wharfinger.mcp;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one pipe, one legacy session, or one modern HTTP request shares between its messages: whose
 * it is, the ids in flight, and what {@code initialize} settled. Modern requests use nothing of it
 * but the ids. One of these belongs to one caller and is never looked up by anything a client sent.
 */
public final class Conversation {
    /** What {@code initialize} settled. */
    record Settled(Revision revision, ObjectNode capabilities, Optional<ObjectNode> clientInfo) {}

    private final Object caller;
    private final Outlet standing;
    private final Map<RequestId, InFlight> inFlight = new ConcurrentHashMap<>();
    private final Map<RequestId, CompletableFuture<Message.Response>> asked =
            new ConcurrentHashMap<>();
    private final Map<String, Listening> subscriptions = new ConcurrentHashMap<>();
    private final AtomicLong questions = new AtomicLong();
    private volatile Optional<Settled> settled = Optional.empty();
    private volatile LogLevel logLevel = LogLevel.INFO;

    /**
     * @param caller opaque here; handed to {@link Features} with every request
     * @param standing where legacy notifications go that belong to no request
     */
    public Conversation(Object caller, Outlet standing) {
        this.caller = caller;
        this.standing = standing;
    }

    /** Whose conversation this is. */
    public Object caller() {
        return caller;
    }

    /** The legacy revision, once {@code initialize} came. */
    public Optional<Revision> revision() {
        return settled.map(Settled::revision);
    }

    /** Cancels all that runs and forgets what was asked; nothing is sent for them any more. */
    public void close() {
        List.copyOf(inFlight.values()).forEach(InFlight::cancel);
        asked.values().forEach(answer -> answer.cancel(false));
        List.copyOf(subscriptions.values()).forEach(Listening::close);
        subscriptions.clear();
    }

    /** How many requests are neither answered nor cancelled. */
    public int running() {
        return inFlight.size();
    }

    void settle(Settled by) {
        settled = Optional.of(by);
    }

    Revision legacyRevision() {
        return revision().orElse(Revision.NEWEST_LEGACY);
    }

    ObjectNode legacyCapabilities() {
        return settled.map(Settled::capabilities).orElseGet(JsonNodeFactory.instance::objectNode);
    }

    Optional<ObjectNode> legacyClient() {
        return settled.flatMap(Settled::clientInfo);
    }

    Outlet standing() {
        return standing;
    }

    LogLevel logLevel() {
        return logLevel;
    }

    void logFrom(LogLevel least) {
        logLevel = least;
    }

    /** Takes the id for this request; false while another one holds it. */
    boolean begin(RequestId id, InFlight request) {
        return inFlight.putIfAbsent(id, request) == null;
    }

    void end(RequestId id, InFlight request) {
        inFlight.remove(id, request);
    }

    /** Unknown and finished ids are ignored, as the specification asks. */
    void cancel(RequestId id) {
        Optional.ofNullable(inFlight.get(id)).ifPresent(InFlight::cancel);
    }

    RequestId nextQuestion() {
        return RequestId.of("wharf-" + questions.incrementAndGet());
    }

    CompletableFuture<Message.Response> await(RequestId question) {
        return asked.computeIfAbsent(question, id -> new CompletableFuture<>());
    }

    void forget(RequestId question) {
        asked.remove(question);
    }

    void take(Message.Response response) {
        response.id()
                .flatMap(id -> Optional.ofNullable(asked.get(id)))
                .ifPresent(answer -> answer.complete(response));
    }

    void subscribed(String uri, Listening listening) {
        Optional.ofNullable(subscriptions.put(uri, listening)).ifPresent(Listening::close);
    }

    void unsubscribed(String uri) {
        Optional.ofNullable(subscriptions.remove(uri)).ifPresent(Listening::close);
    }

    int subscriptions() {
        return subscriptions.size();
    }
}
