package dev.wharfinger.call;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many calls were answered in which way, and how long they took. */
public final class Tally {
    /** The upper bounds of the histogram, in seconds. */
    public static final double[] BOUNDS = {0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 20};

    private final Map<String, Map<String, LongAdder>> calls = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    public Tally() {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    /** One call of this tool was answered so. */
    void called(String tool, String verdict, long took) {
        calls.computeIfAbsent(tool, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(verdict, _ -> new LongAdder())
                .increment();
        nanos.add(took);
        int bucket = 0;
        while (bucket < BOUNDS.length && took > BOUNDS[bucket] * 1e9) {
            bucket++;
        }
        buckets[bucket].increment();
    }

    /** A refusal by this rule was given. */
    void refused(String rule) {
        refusals.computeIfAbsent(rule, _ -> new LongAdder()).increment();
    }

    /** The number of calls by {@code tool}, a line break and {@code verdict}. */
    public SortedMap<String, Long> calls() {
        var sums = new TreeMap<String, Long>();
        calls.forEach((tool, verdicts) ->
                verdicts.forEach((verdict, adder) -> sums.put(tool + "\n" + verdict, adder.sum())));
        return sums;
    }

    /** The number of refusals by rule. */
    public SortedMap<String, Long> refusals() {
        var sums = new TreeMap<String, Long>();
        refusals.forEach((rule, adder) -> sums.put(rule, adder.sum()));
        return sums;
    }

    /** How many calls took at most the bound of that index; past the last bound, all. */
    public long within(int bound) {
        long sum = 0;
        for (int i = 0; i <= bound; i++) {
            sum += buckets[i].sum();
        }
        return sum;
    }

    /** All calls together, in seconds. */
    public double seconds() {
        return nanos.sum() / 1e9;
    }
}
