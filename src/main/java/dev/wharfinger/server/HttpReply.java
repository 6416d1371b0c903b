package dev.wharfinger.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.mcp.Answer;
import dev.wharfinger.mcp.JsonBytes;
import dev.wharfinger.mcp.Outlet;

import io.undertow.io.IoCallback;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;

/**
 * The answer to one POST: a JSON body as long as the answer is all there is to say, a stream of
 * events from the first message before it. May be used by any thread.
 */
final class HttpReply implements Outlet {
    /** Where messages go once a stream is open: straight on, or through a session's log. */
    interface Stream {
        void send(JsonNode message, boolean droppable);

        void rest();

        /** Ends the stream with the answer, or without one after a cancellation. */
        void finish(Optional<JsonNode> answer);
    }

    private final HandBack handBack;
    private final HttpServerExchange exchange;
    private final boolean mayStream;
    private final boolean mustStream;
    private final Function<HttpServerExchange, Stream> opening;
    private Optional<Stream> stream = Optional.empty();

    /**
     * @param handBack to the thread that may send
     * @param accepts what the client takes
     * @param opening sends the head of a stream; called at most once
     */
    HttpReply(
            HandBack handBack,
            HttpServerExchange exchange,
            Accepts accepts,
            Function<HttpServerExchange, Stream> opening) {
        this.handBack = handBack;
        this.exchange = exchange;
        this.mayStream = accepts.stream();
        this.mustStream = accepts.prefersStream();
        this.opening = opening;
    }

    /** Opens the stream now, for a client that takes one. */
    synchronized void open() {
        if (stream.isEmpty() && mayStream) {
            stream = Optional.of(opening.apply(exchange));
        }
    }

    @Override
    public synchronized void send(ObjectNode message) {
        open();
        stream.ifPresent(to -> to.send(message, false));
    }

    @Override
    public synchronized void offer(ObjectNode message) {
        open();
        stream.ifPresent(to -> to.send(message, true));
    }

    @Override
    public synchronized void rest() {
        stream.ifPresent(Stream::rest);
    }

    /** Sends the answer and ends the exchange; an error with its own HTTP status stays JSON. */
    synchronized void answer(Answer answer) {
        if (mustStream && answer.httpStatus() == 200) {
            open();
        }
        if (stream.isPresent()) {
            stream.get().finish(Optional.of(answer.body()));
        } else {
            handBack.run(
                    exchange,
                    () -> json(exchange, answer.httpStatus(), JsonBytes.of(answer.body())));
        }
    }

    /** Ends the exchange without an answer: the request was cancelled. */
    synchronized void nothing() {
        if (stream.isPresent()) {
            stream.get().finish(Optional.empty());
        } else {
            handBack.run(exchange, () -> empty(exchange, 202));
        }
    }

    /** A JSON body with this status, on the I/O thread. */
    static void json(HttpServerExchange exchange, int status, byte[] body) {
        if (exchange.isResponseStarted()) {
            exchange.endExchange();
            return;
        }
        exchange.setStatusCode(status);
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, "application/json")
                .put(Headers.CACHE_CONTROL, "no-store");
        end(exchange, body);
    }

    /** No body, on the I/O thread. */
    static void empty(HttpServerExchange exchange, int status) {
        if (exchange.isResponseStarted()) {
            exchange.endExchange();
            return;
        }
        exchange.setStatusCode(status);
        end(exchange, new byte[0]);
    }

    private static void end(HttpServerExchange exchange, byte[] body) {
        if (!exchange.isRequestComplete()) {
            Farewell.answer(exchange, ByteBuffer.wrap(body));
            return;
        }
        if (body.length == 0) {
            exchange.endExchange();
        } else {
            exchange.getResponseSender().send(ByteBuffer.wrap(body), IoCallback.END_EXCHANGE);
        }
        Stalled.watch(exchange);
    }

    /** One message as an event without an id, which a modern stream must not have. */
    static byte[] event(JsonNode message) {
        byte[] json = JsonBytes.of(message);
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 8);
        out.writeBytes("data: ".getBytes(UTF_8));
        out.writeBytes(json);
        out.writeBytes("\n\n".getBytes(UTF_8));
        return out.toByteArray();
    }
}
