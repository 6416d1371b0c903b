package dev.wharfinger.mcp;

import java.util.Optional;

/**
 * A revision of the Model Context Protocol, oldest first. Until 2025-11-25 a client opens with
 * {@code initialize} (legacy); from 2026-07-28 on every request says everything itself (modern).
 */
public enum Revision {
    V2024_11_05("2024-11-05"),
    V2025_03_26("2025-03-26"),
    V2025_06_18("2025-06-18"),
    V2025_11_25("2025-11-25"),
    V2026_07_28("2026-07-28");

    /** What {@code initialize} answers to a client that asks for something we do not speak. */
    public static final Revision NEWEST_LEGACY = V2025_11_25;

    private final String text;

    Revision(String text) {
        this.text = text;
    }

    /** The date as it stands on the wire. */
    public String text() {
        return text;
    }

    /** Whether requests carry their own envelope. */
    public boolean isModern() {
        return this == V2026_07_28;
    }

    /** Whether this revision is the other or came after it. */
    public boolean isAtLeast(Revision other) {
        return compareTo(other) >= 0;
    }

    /** The revision of exactly this text. */
    public static Optional<Revision> of(String text) {
        for (Revision revision : values()) {
            if (revision.text.equals(text)) {
                return Optional.of(revision);
            }
        }
        return Optional.empty();
    }
}
