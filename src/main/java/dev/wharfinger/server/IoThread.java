package dev.wharfinger.server;

import io.undertow.server.HttpServerExchange;

import java.util.concurrent.RejectedExecutionException;

/** The one thread that may touch an exchange. */
final class IoThread {
    private IoThread() {}

    /** Runs this there: now when we are on it, else soon; never once the server has stopped. */
    static void run(HttpServerExchange exchange, Runnable action) {
        if (exchange.isInIoThread()) {
            action.run();
            return;
        }
        try {
            exchange.getIoThread().execute(action);
        } catch (RejectedExecutionException e) {
            // the server has stopped and the connection with it: nobody is left to answer
        }
    }
}
