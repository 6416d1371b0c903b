package dev.wharfinger.proof;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How grave a finding is; later is graver. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** As it is shown and configured: {@code high}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The severity of that name, or nothing. */
    public static Optional<Severity> of(String text) {
        return Stream.of(values()).filter(severity -> severity.text().equals(text)).findFirst();
    }

    /**
     * The severity of a score from 0.1 to 10, by the bands that GitHub's code scanning and CVSS use
     * (9, 7, 4). A score of 0 says nothing.
     */
    static Optional<Severity> ofScore(double score) {
        if (score >= 9) {
            return Optional.of(CRITICAL);
        }
        if (score >= 7) {
            return Optional.of(HIGH);
        }
        if (score >= 4) {
            return Optional.of(MEDIUM);
        }
        return score > 0 ? Optional.of(LOW) : Optional.empty();
    }
}
