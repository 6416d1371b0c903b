package dev.wharfinger.command;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Runs something on a thread that ends right after, so that what binds the thread ends with it. */
final class Walled {
    private Walled() {}

    /** What may bind its thread. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** Its result, or its {@link IOException}; never interrupted half way. */
    static <T> T on(Work<T> work) throws IOException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name("walled")
                .start(() -> {
                    try {
                        result.complete(work.run());
                    } catch (IOException | RuntimeException | Error broken) {
                        result.completeExceptionally(broken);
                    }
                });
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException broken
                    ? broken
                    : new IOException("could not run behind walls", failed.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
