package dev.wharfinger.deploy;

/** Which way a deployment goes: to its release, or back to what ran before. Never forward again. */
public enum Way {
    FORWARD,
    BACK;

    /** As it is stored: {@code forward} or {@code back}. */
    public String text() {
        return this == FORWARD ? "forward" : "back";
    }

    /** The way of that text; {@link IllegalArgumentException} where it is neither. */
    public static Way of(String text) {
        return switch (text) {
            case "forward" -> FORWARD;
            case "back" -> BACK;
            default -> throw new IllegalArgumentException("neither forward nor back: " + text);
        };
    }
}
