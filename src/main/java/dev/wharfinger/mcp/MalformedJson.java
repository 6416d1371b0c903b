package dev.wharfinger.mcp;

/** Bytes that are not one strict JSON document; the message says what was found, for the sender. */
public final class MalformedJson extends Exception {
    private static final long serialVersionUID = 1L;

    /** Names what is wrong in a few words without repeating the sender's bytes. */
    public MalformedJson(String reason) {
        super(reason, null, false, false);
    }

    /** What was found, never null. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
