package dev.wharfinger.server;

import dev.wharfinger.console.Site;
import dev.wharfinger.mcp.Headers;
import dev.wharfinger.mcp.Protocol;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;

import org.xnio.Options;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/**
 * MCP over Streamable HTTP at {@code /mcp}, and pages beside it. Host and Origin are looked at
 * first, on all paths. HTTP/1.1 without HTTP/2; headers of 16 KiB and 64 fields; ten seconds for
 * the head of a request and 60 idle.
 */
public final class HttpServer implements AutoCloseable {
    /** What one server allows. */
    public record Limits(int bodyBytes, int sessions, Duration sessionIdle) {
        /** 8 MiB, 1,000 legacy sessions, half an hour. */
        public static Limits usual() {
            return new Limits(8 << 20, 1000, Duration.ofMinutes(30));
        }
    }

    /**
     * Where a server listens, by which names it may be called, and what it shows beside MCP.
     *
     * @param host the address of one interface; loopback unless people said otherwise
     */
    public record Front(String host, int port, HostRule hosts, Site site) {
        /** On loopback, with nothing beside MCP. */
        public static Front loopback(int port) {
            return new Front("127.0.0.1", port, HostRule.loopback(), Site.none());
        }
    }

    /** Held, since a logger that nobody holds forgets its level: what starts is told by us. */
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("io.undertow"), Logger.getLogger("org.xnio"));

    private final Undertow undertow;
    private final Sessions sessions;

    private HttpServer(Undertow undertow, Sessions sessions) {
        this.undertow = undertow;
        this.sessions = sessions;
    }

    /**
     * Listens; port 0 takes a free one.
     *
     * @param random for the ids of legacy sessions: must be cryptographically strong
     */
    public static HttpServer start(
            Front front,
            Protocol protocol,
            DurableAnswers answers,
            Admission admission,
            Limits limits,
            RandomGenerator random,
            InstantSource clock) {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        Sessions sessions = new Sessions(random, clock, limits.sessionIdle(), limits.sessions());
        McpEndpoint endpoint =
                new McpEndpoint(protocol, answers, admission, sessions, limits.bodyBytes());
        Undertow undertow =
                Undertow.builder()
                        .addHttpListener(front.port(), front.host())
                        .setIoThreads(Math.max(2, Runtime.getRuntime().availableProcessors()))
                        .setWorkerThreads(1)
                        .setServerOption(UndertowOptions.ENABLE_HTTP2, false)
                        .setServerOption(UndertowOptions.MAX_HEADER_SIZE, 16 << 10)
                        .setServerOption(UndertowOptions.MAX_HEADERS, 64)
                        .setServerOption(UndertowOptions.MAX_PARAMETERS, 16)
                        .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                        .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, 10_000)
                        .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, 60_000)
                        .setServerOption(UndertowOptions.ALLOW_UNKNOWN_PROTOCOLS, false)
                        .setSocketOption(Options.TCP_NODELAY, true)
                        .setHandler(guarded(front, endpoint))
                        .build();
        undertow.start();
        return new HttpServer(undertow, sessions);
    }

    /** The port that is listened on. */
    public int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
    }

    /** Ends the sessions, cancels what runs, and stops listening. */
    @Override
    public void close() {
        sessions.closeAll();
        undertow.stop();
    }

    private static HttpHandler guarded(Front front, HttpHandler endpoint) {
        return exchange -> {
            Headers headers = headers(exchange);
            Optional<String> refused =
                    exchange.isHostIncludedInRequestURI()
                            ? Optional.of("absolute request targets are not served")
                            : front.hosts().refuses(headers);
            if (refused.isPresent()) {
                exchange.setPersistent(false);
                McpEndpoint.refuse(exchange, 403, refused.get());
            } else if (isAmbiguous(headers)) {
                exchange.setPersistent(false);
                McpEndpoint.refuse(exchange, 400, "the length of the body is ambiguous");
            } else if (exchange.getRequestPath().equals("/mcp")) {
                endpoint.handleRequest(exchange);
            } else {
                SiteEndpoint.handle(exchange, front.site());
            }
        };
    }

    /** Two readers could see two bodies, which is how requests are smuggled past a proxy. */
    private static boolean isAmbiguous(Headers headers) {
        int lengths = headers.all("Content-Length").size();
        int encodings = headers.all("Transfer-Encoding").size();
        return lengths > 1 || encodings > 1 || lengths + encodings > 1;
    }

    static Headers headers(HttpServerExchange exchange) {
        return name -> {
            HeaderValues values = exchange.getRequestHeaders().get(name);
            return values == null ? List.of() : List.copyOf(values);
        };
    }
}
