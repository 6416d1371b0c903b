package dev.wharfinger.mcp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One request as {@link Features} see it: who asks, in which revision, with which capabilities, and
 * the ways back to the client while it runs. Nothing is sent any more once it is answered or
 * cancelled. Thread-safe.
 */
public final class RequestContext {
    private final Conversation conversation;
    private final InFlight request;
    private final Revision revision;
    private final ObjectNode params;
    private final ObjectNode capabilities;
    private final Optional<ObjectNode> clientInfo;
    private final Optional<LogLevel> logLevel;
    private double furthest = Double.NEGATIVE_INFINITY;

    RequestContext(
            Conversation conversation, InFlight request, ObjectNode params, Envelope envelope) {
        this.conversation = conversation;
        this.request = request;
        this.revision = Revision.V2026_07_28;
        this.params = params;
        this.capabilities = envelope.capabilities();
        this.clientInfo = envelope.clientInfo();
        this.logLevel = envelope.logLevel();
    }

    RequestContext(Conversation conversation, InFlight request, ObjectNode params) {
        this.conversation = conversation;
        this.request = request;
        this.revision = conversation.legacyRevision();
        this.params = params;
        this.capabilities = conversation.legacyCapabilities();
        this.clientInfo = conversation.legacyClient();
        this.logLevel = Optional.of(conversation.logLevel());
    }

    /** The rules this request is served by. */
    public Revision revision() {
        return revision;
    }

    /** What the transport knows of the caller, as it was given to the conversation. */
    public Object caller() {
        return conversation.caller();
    }

    /** The client's name, version and title, where it gave them. Never decide by it. */
    public Optional<ObjectNode> clientInfo() {
        return clientInfo;
    }

    /** The request's {@code _meta}, empty when there is none: {@code traceparent} and so on. */
    public ObjectNode meta() {
        return object("_meta");
    }

    /** Whether the client declared this capability for this request: {@code elicitation, url}. */
    public boolean clientCan(String... path) {
        JsonNode at = capabilities;
        for (String part : path) {
            at = at.path(part);
        }
        return at.isObject();
    }

    /** Modern: whether this request may be answered by a task, {@link Reply.Deferred}. */
    public boolean takesTasks() {
        return revision.isModern() && clientCan("extensions", Tasks.EXTENSION);
    }

    /** Modern: what the client answers to an earlier {@link Reply.InputRequired}. */
    public ObjectNode inputResponses() {
        return object("inputResponses");
    }

    /** Modern: the state that the client hands back, which it may have forged. */
    public Optional<String> requestState() {
        return params.path("requestState").isString()
                ? Optional.of(params.path("requestState").stringValue())
                : Optional.empty();
    }

    /** Whether the client no longer wants the answer. */
    public boolean cancelled() {
        return request.isCancelled();
    }

    /** Runs this when the request is cancelled, at once when that has been; never after its end. */
    public void onCancel(Runnable then) {
        request.onCancel(then);
    }

    /**
     * Tells how far the work is, when the client asked to hear it. {@code done} must grow from call
     * to call; what does not is left out.
     */
    public void progress(double done, OptionalDouble total, String message) {
        JsonNode token = meta().path("progressToken");
        if (!token.isString() && !token.isIntegralNumber()) {
            return;
        }
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        params.set("progressToken", token);
        params.set("progress", number(done));
        total.ifPresent(all -> params.set("total", number(all)));
        if (!message.isEmpty()) {
            params.put("message", message);
        }
        emit(outlet -> {
            if (done > furthest) {
                furthest = done;
                outlet.offer(Notifications.of("notifications/progress", params));
            }
        });
    }

    private static JsonNode number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole
                ? JsonNodeFactory.instance.numberNode((long) value)
                : JsonNodeFactory.instance.numberNode(value);
    }

    /** Logs to the client, when it asked for this level. Modern clients ask on each request. */
    public void log(LogLevel level, String logger, JsonNode data) {
        if (logLevel.isEmpty() || level.compareTo(logLevel.get()) < 0) {
            return;
        }
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        params.put("level", level.text()).put("logger", logger);
        params.set("data", data);
        emit(outlet -> outlet.offer(Notifications.of("notifications/message", params)));
    }

    /**
     * Asks a legacy client something ({@code elicitation/create}, {@code sampling/createMessage},
     * {@code roots/list}) and waits for its result; nothing when it answers with an error, too
     * late, or the request is cancelled meanwhile. Never call it where {@link Features#waits} said
     * no.
     */
    public Optional<ObjectNode> ask(String method, ObjectNode question, Duration limit) {
        if (revision.isModern()) {
            throw new IllegalStateException("a modern client is asked by Reply.InputRequired");
        }
        RequestId id = conversation.nextQuestion();
        CompletableFuture<Message.Response> answer = conversation.await(id);
        onCancel(() -> answer.cancel(false));
        emit(outlet -> outlet.send(Notifications.question(id, method, question)));
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS).result();
        } catch (TimeoutException | CancellationException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            conversation.forget(id);
        }
    }

    /** Ends the stream of a legacy HTTP client, which comes back for the answer later. */
    public void rest() {
        emit(Outlet::rest);
    }

    void emit(Consumer<Outlet> sending) {
        request.emit(sending);
    }

    private ObjectNode object(String name) {
        return params.get(name) instanceof ObjectNode object
                ? object
                : JsonNodeFactory.instance.objectNode();
    }
}
