package dev.wharfinger.server;

import io.undertow.server.HttpServerExchange;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A legacy stream: everything goes through the session's log, so that a lost connection loses
 * nothing and cancels nothing.
 */
record SessionStream(EventLog log) implements HttpReply.Stream {
    /** A new stream on this exchange. */
    static SessionStream open(HttpServerExchange exchange, EventLog log) {
        resume(exchange, log, 0);
        return new SessionStream(log);
    }

    /** Carries a stream of the session on this exchange, from after that event. */
    static void resume(HttpServerExchange exchange, EventLog log, long after) {
        AtomicReference<Optional<EventStream>> self = new AtomicReference<>(Optional.empty());
        EventStream events = new EventStream(exchange, () -> self.get().ifPresent(log::drop));
        self.set(Optional.of(events));
        events.open();
        Disconnect.watch(exchange, events::gone);
        log.carry(events, after);
    }

    @Override
    public void send(JsonNode message, boolean droppable) {
        ObjectNode object = (ObjectNode) message;
        if (droppable) {
            log.offer(object);
        } else {
            log.send(object);
        }
    }

    @Override
    public void rest() {
        log.rest();
    }

    @Override
    public void finish(Optional<JsonNode> answer) {
        answer.ifPresentOrElse(log::finish, log::finish);
    }
}
