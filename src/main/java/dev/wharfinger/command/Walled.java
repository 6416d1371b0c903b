package dev.wharfinger.command;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Objects;

/**
 * Runs something on a thread of its own that may put walls around itself: a wall is for ever, and
 * the thread's end is its only end.
 *
 * <p>The walled thread wakes nobody, since waking may start a thread, and a thread started behind
 * walls stays behind them: a virtual thread's new carrier would refuse the server its own state for
 * as long as it lives. Whoever waits is woken by the thread's end, which the JVM tells.
 */
final class Walled {
    private Walled() {}

    /** What may bind its thread. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** Its result, or its {@link IOException}; never interrupted half way. */
    static <T> T on(Work<T> work) throws IOException {
        var errand = new Errand<>(work);
        Thread walled = Thread.ofPlatform().daemon().name("walled").start(errand);
        boolean interrupted = false;
        while (walled.isAlive()) {
            try {
                walled.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return errand.result();
    }

    /** The work, and what came of it; read when its thread has ended. */
    private static final class Errand<T> implements Runnable {
        private final Work<T> work;
        private @Nullable T result;
        private @Nullable Throwable broken;

        Errand(Work<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                result = work.run();
            } catch (IOException | RuntimeException | Error e) {
                broken = e;
            }
        }

        T result() throws IOException {
            if (broken instanceof IOException io) {
                throw io;
            }
            if (broken != null) {
                throw new IOException("could not run behind walls", broken);
            }
            return Objects.requireNonNull(result);
        }
    }
}
