package dev.wharfinger.server;

import dev.wharfinger.console.Ask;
import dev.wharfinger.console.Page;
import dev.wharfinger.console.Site;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;

import java.nio.ByteBuffer;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Hands requests for pages to the site, each on a virtual thread: it may wait for the journal. */
final class SiteEndpoint implements HttpHandler {
    private static final int MOST_BYTES = 16 << 20;
    private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private final Site site;
    private final Bodies bodies = new Bodies(MOST_BYTES);
    private final HandBack handBack = new HandBack();

    SiteEndpoint(Site site) {
        this.site = site;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        BodyReader.read(
                exchange,
                Site.LONGEST,
                bodies,
                body -> exchange.dispatch(THREADS, () -> answer(exchange, body)));
    }

    /**
     * Made on a thread of its own, sent on the connection's: only there an exchange stands still.
     */
    private void answer(HttpServerExchange exchange, byte[] body) {
        Page page = answer(exchange, site, body);
        handBack.run(exchange, () -> send(exchange, page));
    }

    private static Page answer(HttpServerExchange exchange, Site site, byte[] body) {
        try {
            return site.answer(ask(exchange, body));
        } catch (RuntimeException bug) {
            Logger.getLogger(SiteEndpoint.class.getName())
                    .log(Level.SEVERE, exchange.getRequestPath(), bug);
            return Page.text(500, "a bug; the server's log has it\n");
        }
    }

    private static Ask ask(HttpServerExchange exchange, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        for (HeaderValues values : exchange.getRequestHeaders()) {
            if (values.size() == 1) {
                headers.put(
                        values.getHeaderName().toString().toLowerCase(Locale.ROOT),
                        values.getFirst());
            }
        }
        Map<String, String> query = new HashMap<>();
        for (Map.Entry<String, Deque<String>> one : exchange.getQueryParameters().entrySet()) {
            if (one.getValue().size() == 1) {
                query.put(one.getKey(), one.getValue().getFirst());
            }
        }
        String method = exchange.getRequestMethod().toString();
        int port = exchange.getDestinationAddress().getPort();
        return new Ask(port, method, exchange.getRequestPath(), query, headers, body);
    }

    private static void send(HttpServerExchange exchange, Page page) {
        exchange.setStatusCode(page.status());
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, page.type())
                .put(Headers.CACHE_CONTROL, "no-store")
                .put(new HttpString("X-Content-Type-Options"), "nosniff");
        page.headers()
                .forEach((name, value) ->
                        exchange.getResponseHeaders().put(new HttpString(name), value));
        exchange.getResponseSender().send(ByteBuffer.wrap(page.body()));
        Stalled.watch(exchange);
    }
}
