package dev.wharfinger.proof;

import java.util.List;
import java.util.stream.Stream;

/** What a test report says: counts, and the names of the first cases that did not pass. */
public record TestReport(TestCounts counts, List<String> failures) {
    /** How many names are kept. */
    public static final int NAMES = 20;

    public TestReport {
        failures = failures.stream().limit(NAMES).toList();
    }

    /** Both together. */
    public TestReport plus(TestReport other) {
        return new TestReport(
                counts.plus(other.counts),
                Stream.concat(failures.stream(), other.failures.stream()).toList());
    }
}
