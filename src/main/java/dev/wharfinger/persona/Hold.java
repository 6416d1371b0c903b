package dev.wharfinger.persona;

/** How a sentence of a persona file holds. */
public enum Hold {
    /** A call that breaks it is refused, or the server does it itself. */
    ENFORCED("enforced"),
    /** The server looks and shows what it saw; nothing is refused for it. */
    CHECKED("checked"),
    /** The agent says so with {@code confirm_item}; kept as its word, opens no gate. */
    STATED("stated"),
    /** No machine can tell. */
    NOT_ENFORCEABLE("not-enforceable");

    private final String text;

    Hold(String text) {
        this.text = text;
    }

    /** As tables and JSON show it. */
    public String text() {
        return text;
    }
}
