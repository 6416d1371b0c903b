package dev.wharfinger.policy;

import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.Verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Where a walk found that a promise of the design does not hold, by the promise's number. */
final class BrokenPromises {
    private static final int MOST = 5;
    private final SortedMap<Integer, List<String>> found = new TreeMap<>();
    private long states;
    private long granted;

    /** One more state was walked. */
    void state() {
        states++;
    }

    long states() {
        return states;
    }

    /** How often something was allowed: a walk in which nothing is proves nothing. */
    long granted() {
        return granted;
    }

    SortedMap<Integer, List<String>> found() {
        return found;
    }

    /** In this state that promise must hold. */
    void holds(int promise, boolean holds, Supplier<String> where) {
        List<String> all = found.computeIfAbsent(promise, _ -> new ArrayList<>());
        if (!holds && all.size() < MOST) {
            all.add(where.get());
        }
        if (all.isEmpty()) {
            found.remove(promise);
        }
    }

    /** Whether this was allowed; each refusal is looked at, for promise 12. */
    boolean allowed(Verdict<?> verdict, NextCall asked, Supplier<String> where) {
        if (verdict instanceof Verdict.Refused<?>(var no)) {
            for (Refusal refusal : no) {
                boolean teaches =
                        !refusal.reason().isBlank()
                                && !refusal.remedy().isBlank()
                                && !refusal.next().contains(asked);
                holds(12, teaches && !no.isEmpty(), () -> refusal + " for " + where.get());
            }
            holds(12, !no.isEmpty(), () -> "a refusal without a reason for " + where.get());
            return false;
        }
        granted++;
        return true;
    }
}
