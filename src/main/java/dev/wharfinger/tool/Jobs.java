package dev.wharfinger.tool;

import dev.wharfinger.call.Signals;
import dev.wharfinger.call.Unreadable;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Long work by name. The first call with a name begins it; later calls with the same name find it
 * again and never begin it twice. A finished piece of work is handed out once more, then forgotten.
 */
public final class Jobs {
    /** An answer leaves within 20 s; so long a call waits for work to end. */
    public static final Duration PATIENCE = Duration.ofSeconds(17);

    private final Map<String, CompletableFuture<?>> running = new ConcurrentHashMap<>();
    private final Executor executor;

    /** Work that runs on this executor. */
    public Jobs(Executor executor) {
        this.executor = executor;
    }

    /**
     * The result, if it is there within the patience that we or the caller have; else the work goes
     * on. Meanwhile the caller is told each second how long it has taken; one that has cancelled is
     * waited for no longer.
     */
    <T> Optional<T> await(Signals signals, String name, Class<T> type, Supplier<T> work) {
        CompletableFuture<?> job =
                running.computeIfAbsent(name, _ -> CompletableFuture.supplyAsync(work, executor));
        try {
            for (int s = 1; signals.patient() || s <= PATIENCE.toSeconds(); s++) {
                if (ended(job, Duration.ofSeconds(1))) {
                    Object result = job.get();
                    running.remove(name, job);
                    return Optional.of(type.cast(result));
                }
                if (signals.cancelled()) {
                    return Optional.empty();
                }
                signals.progress(s, OptionalDouble.empty(), "running, " + s + " s");
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            running.remove(name, job);
            if (e.getCause() instanceof Unreadable unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException("`" + name + "` broke", e.getCause());
        }
    }

    /** Begins the work and waits for nothing; whoever awaits that name finds it. */
    <T> void start(String name, Supplier<T> work) {
        running.computeIfAbsent(name, _ -> CompletableFuture.supplyAsync(work, executor));
    }

    private static boolean ended(CompletableFuture<?> job, Duration within)
            throws InterruptedException, ExecutionException {
        try {
            job.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillRunning) {
            return false;
        }
    }

    /** Whether work of that name goes on. */
    boolean isRunning(String name) {
        CompletableFuture<?> job = running.get(name);
        return job != null && !job.isDone();
    }

    /**
     * Waits until no work goes on, at most so long; a deployment must not be torn by a shutdown.
     */
    public boolean drain(Duration atMost) {
        var all = running.values().toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(all).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
