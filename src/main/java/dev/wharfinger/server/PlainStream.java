package dev.wharfinger.server;

import io.undertow.server.HttpServerExchange;

import tools.jackson.databind.JsonNode;

import java.util.Optional;

/** A modern stream: no ids, nothing to come back for. */
final class PlainStream implements HttpReply.Stream {
    private final EventStream events;

    PlainStream(HttpServerExchange exchange, Runnable whenGone) {
        this.events = new EventStream(exchange, whenGone);
        events.open();
    }

    @Override
    public void send(JsonNode message, boolean droppable) {
        events.event(HttpReply.event(message), droppable);
    }

    @Override
    public void rest() {}

    @Override
    public void finish(Optional<JsonNode> answer) {
        answer.ifPresent(last -> send(last, false));
        events.end();
    }
}
