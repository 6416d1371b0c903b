package dev.wharfinger.approval;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Yes or no. */
public enum Choice {
    APPROVE,
    DENY;

    /** As it is signed. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The choice of that text. */
    public static Optional<Choice> of(String text) {
        return Arrays.stream(values()).filter(choice -> choice.text().equals(text)).findFirst();
    }
}
