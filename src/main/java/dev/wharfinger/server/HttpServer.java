package dev.wharfinger.server;

import dev.wharfinger.console.Site;
import dev.wharfinger.mcp.Headers;
import dev.wharfinger.mcp.Protocol;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/**
 * MCP over Streamable HTTP at {@code /mcp}, and pages beside it. Host and Origin are looked at
 * first, on all paths. HTTP/1.1 without HTTP/2, read strictly; headers of 16 KiB and 64 fields; ten
 * seconds for the head of a request and 60 idle.
 */
public final class HttpServer implements AutoCloseable {
    /**
     * What one server allows.
     *
     * @param bodyBytes the longest body
     * @param bodiesBytes all bodies that are being read at once
     */
    public record Limits(
            int bodyBytes,
            long bodiesBytes,
            int sessions,
            Duration sessionIdle,
            Crowd crowd,
            Patience patience) {
        /** 8 MiB, 64 MiB at once, 1,000 legacy sessions, half an hour. */
        public static Limits usual() {
            return new Limits(
                    8 << 20,
                    64 << 20,
                    1000,
                    Duration.ofMinutes(30),
                    new Crowd(16_000, 1000),
                    new Patience(Duration.ofSeconds(10), Duration.ofSeconds(60)));
        }
    }

    /** How many connections there may be, and how many from one address that is no proxy's. */
    public record Crowd(int connections, int fromOneAddress) {}

    /** How long the head of a request may take, and how long a connection may be idle. */
    public record Patience(Duration head, Duration idle) {}

    /**
     * Where a server listens, by which names it may be called, and what it shows beside MCP.
     *
     * @param host the address of one interface; loopback unless people said otherwise
     * @param proxies networks (CIDR) behind whose addresses many stand
     */
    public record Front(String host, int port, HostRule hosts, List<String> proxies, Site site) {
        public Front {
            proxies = List.copyOf(proxies);
        }

        /** On loopback, with nothing beside MCP. */
        public static Front loopback(int port) {
            return new Front("127.0.0.1", port, HostRule.loopback(), List.of(), Site.none());
        }
    }

    /** The names of fields that our own code and our tools' schemas ask for. */
    private static final Map<String, HttpString> NAMES = new ConcurrentHashMap<>();

    /** Held, since a logger that nobody holds forgets its level: what starts is told by us. */
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("io.undertow"), Logger.getLogger("org.xnio"));

    private final Port port;
    private final Sessions sessions;

    private HttpServer(Port port, Sessions sessions) {
        this.port = port;
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
                new McpEndpoint(
                        protocol,
                        answers,
                        admission,
                        sessions,
                        limits.bodyBytes(),
                        new Bodies(limits.bodiesBytes()));
        Connections connections =
                new Connections(
                        limits.crowd().connections(),
                        limits.crowd().fromOneAddress(),
                        front.proxies().stream().map(Network::of).toList());
        return new HttpServer(
                Port.listen(
                        new InetSocketAddress(front.host(), front.port()),
                        guarded(front, endpoint),
                        connections,
                        limits.patience()),
                sessions);
    }

    /** The port that is listened on. */
    public int port() {
        return port.number();
    }

    /** Ends the sessions, cancels what runs, and stops listening. */
    @Override
    public void close() {
        sessions.closeAll();
        port.close();
    }

    private static HttpHandler guarded(Front front, HttpHandler endpoint) {
        HttpHandler mcp = new HttpContinueReadHandler(endpoint);
        HttpHandler site = new HttpContinueReadHandler(new SiteEndpoint(front.site()));
        return exchange -> {
            try {
                Optional<String> refused = front.hosts().refuses(headers(exchange));
                if (refused.isPresent()) {
                    exchange.setPersistent(false);
                    McpEndpoint.refuse(exchange, 403, refused.get());
                } else if (exchange.getRequestURI().equals("/mcp")) { // as sent, not decoded
                    mcp.handleRequest(exchange);
                } else {
                    site.handleRequest(exchange);
                }
            } catch (RuntimeException bug) {
                Logger.getLogger(HttpServer.class.getName())
                        .log(Level.SEVERE, exchange.getRequestPath(), bug);
                McpEndpoint.refuse(exchange, 500, "a bug; the server's log has it");
            }
        };
    }

    static Headers headers(HttpServerExchange exchange) {
        return name -> {
            HttpString known = NAMES.computeIfAbsent(name, HttpString::new);
            HeaderValues values = exchange.getRequestHeaders().get(known);
            return values == null ? List.of() : values;
        };
    }
}
