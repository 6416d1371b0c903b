package dev.wharfinger.server;

import io.undertow.server.HttpServerExchange;

import org.xnio.XnioIoThread;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hands answers back to the threads that may send them. One flush of the journal lets many answers
 * go at once: each thread is woken once for all of its own.
 */
final class HandBack {
    private final Map<XnioIoThread, Lane> lanes = new ConcurrentHashMap<>();

    /** Runs this on the exchange's own thread: now when we are on it, else soon. */
    void run(HttpServerExchange exchange, Runnable action) {
        if (exchange.isInIoThread()) {
            action.run();
        } else {
            lanes.computeIfAbsent(exchange.getIoThread(), Lane::new).add(action);
        }
    }

    private static final class Lane implements Runnable {
        private final XnioIoThread thread;
        private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean called = new AtomicBoolean();

        Lane(XnioIoThread thread) {
            this.thread = thread;
        }

        void add(Runnable action) {
            waiting.add(action);
            if (called.compareAndSet(false, true)) {
                try {
                    thread.execute(this);
                } catch (RejectedExecutionException e) {
                    waiting.clear(); // the server has stopped: nobody is left to answer
                }
            }
        }

        @Override
        public void run() {
            called.set(false);
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                try {
                    next.run();
                } catch (RuntimeException bug) { // of one answer, which others must not wait for
                    Thread current = Thread.currentThread();
                    current.getUncaughtExceptionHandler().uncaughtException(current, bug);
                }
            }
        }
    }
}
