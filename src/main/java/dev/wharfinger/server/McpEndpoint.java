package dev.wharfinger.server;

import dev.wharfinger.mcp.Answer;
import dev.wharfinger.mcp.Conversation;
import dev.wharfinger.mcp.Headers;
import dev.wharfinger.mcp.Incoming;
import dev.wharfinger.mcp.JsonBytes;
import dev.wharfinger.mcp.Message;
import dev.wharfinger.mcp.Outlet;
import dev.wharfinger.mcp.Protocol;
import dev.wharfinger.mcp.Receipt;
import dev.wharfinger.mcp.Revision;
import dev.wharfinger.mcp.RpcError;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;

import tools.jackson.databind.node.ObjectNode;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Streamable HTTP on one path, both eras: modern requests by themselves, legacy ones in sessions.
 * Short calls run on the I/O thread, calls that wait on virtual threads.
 */
final class McpEndpoint implements HttpHandler {
    private static final HttpString SESSION = new HttpString("Mcp-Session-Id");
    private static final Outlet NOWHERE =
            new Outlet() {
                @Override
                public void send(ObjectNode message) {}

                @Override
                public void offer(ObjectNode message) {}
            };

    private final Protocol protocol;
    private final DurableAnswers answers;
    private final Admission admission;
    private final Sessions sessions;
    private final HandBack handBack = new HandBack();
    private final int bodyLimit;
    private final Bodies bodies;

    McpEndpoint(
            Protocol protocol,
            DurableAnswers answers,
            Admission admission,
            Sessions sessions,
            int bodyLimit,
            Bodies bodies) {
        this.protocol = protocol;
        this.answers = answers;
        this.admission = admission;
        this.sessions = sessions;
        this.bodyLimit = bodyLimit;
        this.bodies = bodies;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        Headers headers = HttpServer.headers(exchange);
        enter(exchange, headers, admission.admit(headers));
    }

    private void enter(HttpServerExchange exchange, Headers headers, Admission.Decision decision) {
        switch (decision) {
            case Admission.Decision.Later later ->
                    LateAdmission.await(
                            exchange, later, settled -> enter(exchange, headers, settled));
            case Admission.Decision.Denied(var status, var challenge, var reason) -> {
                if (!challenge.isEmpty()) {
                    exchange.getResponseHeaders()
                            .put(new HttpString("WWW-Authenticate"), challenge);
                }
                refuse(exchange, status, reason);
            }
            case Admission.Decision.Admitted(var caller) -> {
                switch (exchange.getRequestMethod().toString()) {
                    case "POST" -> post(exchange, headers, caller);
                    case "GET" ->
                            inSession(exchange, headers, caller, s -> get(exchange, s, headers));
                    case "DELETE" ->
                            inSession(
                                    exchange,
                                    headers,
                                    caller,
                                    session -> {
                                        sessions.close(session);
                                        HttpReply.empty(exchange, 204);
                                    });
                    default -> {
                        exchange.getResponseHeaders()
                                .put(new HttpString("Allow"), "POST, GET, DELETE");
                        refuse(exchange, 405, "use POST, GET or DELETE");
                    }
                }
            }
        }
    }

    /** An HTTP error in the shape of JSON-RPC, without an id and without anything about us. */
    static void refuse(HttpServerExchange exchange, int status, String reason) {
        HttpReply.json(
                exchange,
                status,
                JsonBytes.of(Answer.anonymous(RpcError.invalidRequest(reason)).body()));
    }

    private void post(HttpServerExchange exchange, Headers headers, Object caller) {
        Accepts accepts = Accepts.of(headers);
        String type = headers.one("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        int end = type.indexOf(';');
        if (!(end < 0 ? type : type.substring(0, end)).strip().equals("application/json")) {
            refuse(exchange, 415, "the Content-Type must be application/json");
        } else if (headers.one("Content-Encoding").filter(e -> !e.equals("identity")).isPresent()) {
            refuse(exchange, 415, "the body must not be compressed");
        } else if (accepts.nothing()) {
            refuse(exchange, 406, "accept application/json and text/event-stream");
        } else {
            BodyReader.read(
                    exchange,
                    bodyLimit,
                    bodies,
                    body -> take(exchange, headers, caller, accepts, body));
        }
    }

    private void take(
            HttpServerExchange exchange,
            Headers headers,
            Object caller,
            Accepts accepts,
            byte[] body) {
        Incoming incoming = Incoming.read(body);
        if (incoming.isModern(Optional.of(headers)) || isAlone(incoming, headers)) {
            modern(exchange, headers, caller, accepts, incoming);
        } else if (incoming.opensLegacy()) {
            Optional<Session> session = sessions.open(caller);
            if (session.isEmpty()) {
                exchange.getResponseHeaders().put(new HttpString("Retry-After"), "60");
                refuse(exchange, 503, "too many sessions");
                return;
            }
            exchange.getResponseHeaders().put(SESSION, session.get().id());
            legacy(exchange, session.get(), accepts, incoming);
            if (session.get().conversation().revision().isEmpty()) {
                sessions.close(session.get()); // refused, so nobody will use it
            }
        } else {
            inSession(exchange, headers, caller, s -> legacy(exchange, s, accepts, incoming));
        }
    }

    /** What needs no session to be answered: nonsense, and a modern client's notifications. */
    private static boolean isAlone(Incoming incoming, Headers headers) {
        boolean modernHeader =
                headers.one("MCP-Protocol-Version")
                        .flatMap(Revision::of)
                        .filter(Revision::isModern)
                        .isPresent();
        return switch (incoming) {
            case Incoming.Unreadable unreadable -> true;
            case Incoming.Batch batch -> headers.all("Mcp-Session-Id").isEmpty();
            case Incoming.Single(Message.Invalid invalid) -> true;
            case Incoming.Single(var message) -> modernHeader;
        };
    }

    private void inSession(
            HttpServerExchange exchange, Headers headers, Object caller, Consumer<Session> then) {
        Optional<String> version = headers.one("MCP-Protocol-Version");
        if (version.isPresent() && version.flatMap(Revision::of).isEmpty()) {
            refuse(exchange, 400, "this MCP-Protocol-Version is not served");
            return;
        }
        Optional<String> id = headers.one("Mcp-Session-Id");
        if (id.isEmpty()) {
            boolean isGet = exchange.getRequestMethod().equalToString("GET");
            exchange.getResponseHeaders().put(new HttpString("Allow"), "POST, GET, DELETE");
            refuse(exchange, isGet ? 405 : 400, "an Mcp-Session-Id is needed; initialize first");
            return;
        }
        Optional<Session> session = sessions.find(id.get(), caller);
        if (session.isEmpty()) {
            refuse(exchange, 404, "this session is unknown or has ended; initialize again");
        } else {
            then.accept(session.get());
        }
    }

    private void modern(
            HttpServerExchange exchange,
            Headers headers,
            Object caller,
            Accepts accepts,
            Incoming incoming) {
        AtomicReference<Runnable> cancel = new AtomicReference<>(() -> {});
        Function<HttpServerExchange, HttpReply.Stream> opening =
                on -> new PlainStream(on, () -> cancel.get().run());
        HttpReply reply = new HttpReply(handBack, exchange, accepts, opening);
        Receipt receipt =
                protocol.receive(
                        incoming, new Conversation(caller, NOWHERE), Optional.of(headers), reply);
        if (receipt instanceof Receipt.Work work && work.waits()) {
            cancel.set(work.cancel());
            Disconnect.watch(exchange, work.cancel());
        }
        finish(receipt, reply);
    }

    private void legacy(
            HttpServerExchange exchange, Session session, Accepts accepts, Incoming incoming) {
        HttpReply reply =
                new HttpReply(
                        handBack, exchange, accepts, on -> SessionStream.open(on, session.open()));
        Receipt receipt =
                protocol.receive(incoming, session.conversation(), Optional.empty(), reply);
        if (receipt instanceof Receipt.Work work && work.waits()) {
            reply.open();
        }
        finish(receipt, reply);
    }

    private void finish(Receipt receipt, HttpReply reply) {
        switch (receipt) {
            case Receipt.Accepted() -> reply.nothing();
            case Receipt.Answered(var answer) -> reply.answer(answer);
            case Receipt.Work work -> {
                if (work.waits()) {
                    Thread.ofVirtual().name("wharf-call").start(() -> run(work, reply));
                } else {
                    run(work, reply);
                }
            }
        }
    }

    private void run(Receipt.Work work, HttpReply reply) {
        work.run()
                .get()
                .ifPresentOrElse(answer -> answers.deliver(answer, reply::answer), reply::nothing);
    }

    private static void get(HttpServerExchange exchange, Session session, Headers headers) {
        if (!exchange.isRequestComplete()) {
            refuse(exchange, 400, "a GET has no body");
            return;
        }
        if (!Accepts.of(headers).stream()) {
            refuse(exchange, 406, "accept text/event-stream");
            return;
        }
        Optional<String> last = headers.one("Last-Event-ID");
        if (last.isEmpty()) {
            if (!SessionStream.resumeAlone(exchange, session.standing())) {
                refuse(exchange, 409, "this session has its stream already");
            }
            return;
        }
        String id = last.get();
        session.stream(id.substring(0, Math.max(0, id.lastIndexOf('-'))))
                .ifPresentOrElse(
                        log -> SessionStream.resume(exchange, log, number(id)),
                        () -> refuse(exchange, 400, "this Last-Event-ID is unknown or too old"));
    }

    private static long number(String eventId) {
        String digits = eventId.substring(eventId.lastIndexOf('-') + 1);
        boolean sound =
                !digits.isEmpty()
                        && digits.length() < 19
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return sound ? Long.parseLong(digits) : Long.MAX_VALUE;
    }
}
