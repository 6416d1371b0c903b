package dev.wharfinger.proof;

/** How many test cases ended how. Taken from the cases themselves, never from a sum in a report. */
public record TestCounts(int passed, int failed, int errors, int skipped) {
    public static final TestCounts NONE = new TestCounts(0, 0, 0, 0);

    public TestCounts {
        if (passed < 0 || failed < 0 || errors < 0 || skipped < 0) {
            throw new IllegalArgumentException("a count below zero");
        }
    }

    /** All cases, skipped ones too. */
    public int total() {
        return passed + failed + errors + skipped;
    }

    /** Something passed and nothing failed. Skipped tests alone are no pass. */
    public boolean isPass() {
        return passed > 0 && failed == 0 && errors == 0;
    }

    /** Both together. */
    public TestCounts plus(TestCounts other) {
        return new TestCounts(
                passed + other.passed,
                failed + other.failed,
                errors + other.errors,
                skipped + other.skipped);
    }

    /** As it is shown: {@code 12 passed, 1 failed, 0 errors, 2 skipped}. */
    public String text() {
        return "%d passed, %d failed, %d errors, %d skipped"
                .formatted(passed, failed, errors, skipped);
    }
}
