package dev.wharfinger.approval;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a decision is about. */
public enum Kind {
    PLAN,
    LANE,
    CONTENT,
    WAIVER,
    POLICY,
    SCOPE;

    /** As it is signed and stored. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of that text. */
    public static Optional<Kind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }
}
