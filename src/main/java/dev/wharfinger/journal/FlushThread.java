package dev.wharfinger.journal;

import java.util.Optional;
import java.util.function.Supplier;

/** The log's own thread: does one piece of work after another until there will be none. */
final class FlushThread {
    private final Thread thread;

    /**
     * @param next waits for the next piece of work; empty when there will be none
     */
    FlushThread(Supplier<Optional<Runnable>> next) {
        thread =
                Thread.ofPlatform()
                        .name("journal-flush")
                        .daemon()
                        .unstarted(() -> {
                            Optional<Runnable> work = next.get();
                            while (work.isPresent()) {
                                work.get().run();
                                work = next.get();
                            }
                        });
    }

    void start() {
        thread.start();
    }

    /** Waits until the last piece of work is done; an interrupt is kept for the caller. */
    void join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // what was appended is flushed whatever the caller wants
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs what others gave us; what it throws is theirs and must not end the thread. */
    static void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
