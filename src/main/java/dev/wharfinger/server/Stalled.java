package dev.wharfinger.server;

import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;

import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

import java.util.concurrent.TimeUnit;

/** Cuts off a client that does not take its answer: it may be idle so long, and read at 16 KB/s. */
final class Stalled {
    private static final int LEAST_BYTES_A_SECOND = 16 << 10;

    private Stalled() {}

    /** Watches an answer of so many bytes, from now until the exchange ends. */
    static void watch(HttpServerExchange exchange, int bytes) {
        XnioExecutor.Key watch =
                exchange.getIoThread()
                        .executeAfter(
                                () -> IoUtils.safeClose(exchange.getConnection()),
                                patience(exchange) + bytes * 1000L / LEAST_BYTES_A_SECOND,
                                TimeUnit.MILLISECONDS);
        exchange.addExchangeCompleteListener((ended, next) -> {
            watch.remove();
            next.proceed();
        });
    }

    /** How many milliseconds a connection of this server may be idle. */
    static int patience(HttpServerExchange exchange) {
        return exchange.getConnection()
                .getUndertowOptions()
                .get(UndertowOptions.NO_REQUEST_TIMEOUT, 60_000);
    }
}
