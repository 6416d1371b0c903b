package dev.wharfinger.mcp;

import java.util.Locale;
import java.util.Optional;

/** Severity of a log notification (RFC 5424 names), least first. */
public enum LogLevel {
    DEBUG,
    INFO,
    NOTICE,
    WARNING,
    ERROR,
    CRITICAL,
    ALERT,
    EMERGENCY;

    /** The word of the wire. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The level of exactly this word. */
    public static Optional<LogLevel> of(String text) {
        for (LogLevel level : values()) {
            if (level.text().equals(text)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
