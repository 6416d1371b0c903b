package dev.wharfinger.server;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;

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
        EventStream events = carrier(exchange, log);
        log.carry(events, 0);
        start(exchange, events);
        return new SessionStream(log);
    }

    /** Carries a stream of the session on this exchange, from after that event. */
    static void resume(HttpServerExchange exchange, EventLog log, long after) {
        EventStream events = carrier(exchange, log);
        log.carry(events, after);
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> start(exchange, events));
    }

    /**
     * Carries a stream that one connection at a time may have. It is taken before the head is sent:
     * who has read a 200 has the stream.
     *
     * @return false where another connection has it; nothing was sent then
     */
    static boolean resumeAlone(HttpServerExchange exchange, EventLog log) {
        EventStream events = carrier(exchange, log);
        boolean taken = log.carryAlone(events);
        if (taken) {
            exchange.dispatch(SameThreadExecutor.INSTANCE, () -> start(exchange, events));
        }
        return taken;
    }

    private static EventStream carrier(HttpServerExchange exchange, EventLog log) {
        AtomicReference<Optional<EventStream>> self = new AtomicReference<>(Optional.empty());
        EventStream events = new EventStream(exchange, () -> self.get().ifPresent(log::drop));
        self.set(Optional.of(events));
        return events;
    }

    private static void start(HttpServerExchange exchange, EventStream events) {
        events.open();
        Disconnect.watch(exchange, events::gone);
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
