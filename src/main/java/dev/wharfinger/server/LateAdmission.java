package dev.wharfinger.server;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Waits for a decision on a virtual thread, and goes on with it on the exchange's own. */
final class LateAdmission {
    private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private LateAdmission() {}

    static void await(
            HttpServerExchange exchange,
            Admission.Decision.Later later,
            Consumer<Admission.Decision.Settled> then) {
        exchange.dispatch(
                THREADS,
                () -> {
                    Admission.Decision.Settled settled = settled(later);
                    IoThread.run(exchange, () -> resume(exchange, () -> then.accept(settled)));
                });
    }

    /** As the first call of an exchange: what it dispatches is run when it has come back. */
    private static void resume(HttpServerExchange exchange, Runnable then) {
        Connectors.executeRootHandler(_ -> then.run(), exchange);
    }

    /** A bug lets nobody in. */
    private static Admission.Decision.Settled settled(Admission.Decision.Later later) {
        try {
            return later.settled();
        } catch (RuntimeException bug) {
            Logger.getLogger(LateAdmission.class.getName()).log(Level.SEVERE, "admission", bug);
            return new Admission.Decision.Denied(500, "", "a bug; the server's log has it");
        }
    }
}
