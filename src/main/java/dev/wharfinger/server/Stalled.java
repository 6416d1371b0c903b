package dev.wharfinger.server;

import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;

import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

import java.util.concurrent.TimeUnit;

/**
 * Cuts off a client that does not take its answer: less than 1 KB/s for as long as a connection may
 * be idle.
 */
final class Stalled implements Runnable {
    private final HttpServerExchange exchange;
    private final int millis;
    private XnioExecutor.Key watch;
    private long taken;

    private Stalled(HttpServerExchange exchange) {
        this.exchange = exchange;
        this.millis = patience(exchange);
        this.watch = again();
    }

    /** Watches from now until the exchange ends, which most have; call it on the I/O thread. */
    static void watch(HttpServerExchange exchange) {
        if (exchange.isComplete()) {
            return;
        }
        Stalled stalled = new Stalled(exchange);
        exchange.addExchangeCompleteListener((ended, next) -> {
            stalled.watch.remove();
            next.proceed();
        });
    }

    /** How many milliseconds a connection of this server may be idle. */
    static int patience(HttpServerExchange exchange) {
        return exchange.getConnection()
                .getUndertowOptions()
                .get(UndertowOptions.NO_REQUEST_TIMEOUT, 60_000);
    }

    private XnioExecutor.Key again() {
        return exchange.getIoThread().executeAfter(this, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        long before = taken;
        taken = exchange.getResponseBytesSent();
        if (taken - before < millis) {
            IoUtils.safeClose(exchange.getConnection());
        } else {
            watch = again();
        }
    }
}
