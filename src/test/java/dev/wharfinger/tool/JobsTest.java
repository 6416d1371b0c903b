package dev.wharfinger.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.call.Signals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

class JobsTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Jobs jobs = new Jobs(threads);
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private final Supplier<String> work =
            () -> {
                begun.incrementAndGet();
                try {
                    done.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return "done";
            };

    @AfterEach
    void stop() {
        done.countDown();
        threads.close();
    }

    /** A caller that listens, and after so many words has heard enough. */
    private static final class Listener implements Signals {
        private final List<Double> heard = new ArrayList<>();
        private final Runnable afterTwo;
        private final int patience;

        Listener(int patience, Runnable afterTwo) {
            this.patience = patience;
            this.afterTwo = afterTwo;
        }

        @Override
        public void progress(double amount, OptionalDouble total, String message) {
            heard.add(amount);
            if (heard.size() == 2) {
                afterTwo.run();
            }
        }

        @Override
        public boolean cancelled() {
            return heard.size() >= patience;
        }
    }

    @Test
    void whoeverWaitsIsToldEachSecondAndGetsTheResult() {
        var listener = new Listener(100, done::countDown);
        assertThat(jobs.await(listener, "job", String.class, work)).contains("done");
        assertThat(listener.heard).containsExactly(1.0, 2.0);
    }

    @Test
    void whoeverCancelsIsReleasedAndTheWorkGoesOnOnce() {
        var listener = new Listener(1, () -> {});
        assertThat(jobs.await(listener, "job", String.class, work)).isEmpty();
        assertThat(listener.heard).hasSize(1);
        assertThat(jobs.isRunning("job")).isTrue();
        done.countDown();
        assertThat(jobs.await(new Listener(100, () -> {}), "job", String.class, work))
                .contains("done");
        assertThat(begun).hasValue(1);
    }
}
