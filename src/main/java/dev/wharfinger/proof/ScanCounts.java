package dev.wharfinger.proof;

/** How many findings a scan has, by severity; suppressed ones stand apart and in no other count. */
public record ScanCounts(int critical, int high, int medium, int low, int suppressed) {
    public static final ScanCounts NONE = new ScanCounts(0, 0, 0, 0, 0);

    /** How many are at least that grave. */
    public int atLeast(Severity block) {
        int count = critical;
        count += block.compareTo(Severity.HIGH) <= 0 ? high : 0;
        count += block.compareTo(Severity.MEDIUM) <= 0 ? medium : 0;
        return count + (block.compareTo(Severity.LOW) <= 0 ? low : 0);
    }

    /** Both together. */
    public ScanCounts plus(ScanCounts other) {
        return new ScanCounts(
                critical + other.critical,
                high + other.high,
                medium + other.medium,
                low + other.low,
                suppressed + other.suppressed);
    }

    ScanCounts plusOne(Severity severity) {
        return plus(
                switch (severity) {
                    case CRITICAL -> new ScanCounts(1, 0, 0, 0, 0);
                    case HIGH -> new ScanCounts(0, 1, 0, 0, 0);
                    case MEDIUM -> new ScanCounts(0, 0, 1, 0, 0);
                    case LOW -> new ScanCounts(0, 0, 0, 1, 0);
                });
    }

    /** As it is shown: {@code 0 critical, 1 high, 0 medium, 3 low, 1 suppressed}. */
    public String text() {
        return "%d critical, %d high, %d medium, %d low, %d suppressed"
                .formatted(critical, high, medium, low, suppressed);
    }
}
