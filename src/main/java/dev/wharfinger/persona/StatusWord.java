package dev.wharfinger.persona;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The six states of a persona's row in PLAN.md, with the emoji that the methodology gives them. */
public enum StatusWord {
    IDLE("💤"),
    ACTIVE("🛠️"),
    WAITING("⏳"),
    DONE("✅"),
    FAILED("❌"),
    ROLLBACK("🚨");

    private final String emoji;

    StatusWord(String emoji) {
        this.emoji = emoji;
    }

    /** The methodology's emoji. A persona file may choose another for its own table. */
    public String emoji() {
        return emoji;
    }

    /** As a status cell shows it: {@code ✅ DONE}. */
    public String text() {
        return emoji + " " + name();
    }

    /** The state of that word, in any case, or nothing. */
    public static Optional<StatusWord> of(String word) {
        String upper = word.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(status -> status.name().equals(upper)).findFirst();
    }
}
