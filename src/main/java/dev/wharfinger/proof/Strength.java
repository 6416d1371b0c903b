package dev.wharfinger.proof;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How far a proof can be trusted; later is stronger. */
public enum Strength {
    /** A persona handed a report in. */
    PRESENTED,
    /** The server ran the declared command itself. */
    OBSERVED,
    /** CI signed it, or its interface says so. */
    ATTESTED;

    /** Whether this is as strong as what is asked for. */
    public boolean reaches(Strength least) {
        return compareTo(least) >= 0;
    }

    /** As it is shown and configured: {@code observed}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The strength of that name, or nothing. */
    public static Optional<Strength> of(String text) {
        return Stream.of(values()).filter(strength -> strength.text().equals(text)).findFirst();
    }
}
