package dev.wharfinger.product;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills the process that keeps the journal, once or twice, at the moment that was drawn. */
final class Killer {
    private final KillMoment moment;
    private final Map<String, Duration> usual;
    private final Random random;
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final AtomicInteger killed = new AtomicInteger();
    private volatile Optional<Process> victim = Optional.empty();
    private volatile boolean ended;
    private volatile String during = "no call";
    private volatile String found = "";

    /**
     * @param usual how long a story ({@code ""}) and a call of each tool take undisturbed
     */
    Killer(KillMoment moment, Map<String, Duration> usual, Random random) {
        this.moment = moment;
        this.usual = usual;
        this.random = random;
    }

    /** The story begins; where time alone decides, the clock runs. */
    void begin() {
        if (moment.kind() == KillMoment.Kind.AT_ANY_TIME && moment.share() >= 0) {
            after(part(""));
        }
    }

    private Duration part(String of) {
        Duration whole = usual.getOrDefault(of, Duration.ofMillis(100));
        return Duration.ofNanos((long) (whole.toNanos() * moment.share()));
    }

    /** This process keeps the journal from now on. */
    void keeper(Process process) {
        victim = Optional.of(process);
        if (moment.again() && killed.get() == 1) {
            after(Duration.ofMillis(random.nextInt(1500)));
        }
    }

    /** How the bytes of a call of this tool are sent. */
    MortalServer.Sending sending(String tool) {
        during = tool;
        int count = calls.merge(tool, 1, Integer::sum);
        boolean aimed =
                moment.kind() != KillMoment.Kind.AT_ANY_TIME
                        && tool.equals(moment.tool())
                        && count == moment.occurrence();
        return (written, length) -> {
            if (!aimed) {
                return false;
            }
            boolean whole = written == length;
            switch (moment.kind()) {
                case INSIDE_ITS_BYTES -> {
                    if (!whole) {
                        kill();
                    }
                    return true;
                }
                case AFTER_ITS_BYTES -> {
                    if (whole) {
                        kill();
                    }
                }
                case DURING_A_CALL -> {
                    if (whole) {
                        after(part(tool));
                    }
                }
                case AT_ANY_TIME -> throw new IllegalStateException();
            }
            return false;
        };
    }

    /** The call was answered or lost. */
    void between() {
        during = "no call";
    }

    private void after(Duration time) {
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        Thread.sleep(time);
                        kill();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /** Kills who keeps the journal; between two keepers the next one. */
    private void kill() {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!ended && System.nanoTime() < end) {
            Optional<Process> now = victim.filter(Process::isAlive);
            if (now.isPresent()) {
                found += (killed.incrementAndGet() > 1 ? ", then in " : "in ") + during;
                MortalServer.kill(now.get());
                return;
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The story is over: whoever has not been killed lives on. */
    void end() {
        ended = true;
    }

    int killed() {
        return killed.get();
    }

    /** What was being called when it happened. */
    String found() {
        return found.isEmpty() ? "nobody was killed" : found;
    }
}
