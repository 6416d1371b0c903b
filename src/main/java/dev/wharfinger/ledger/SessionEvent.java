package dev.wharfinger.ledger;

/** What a line of SESSION_LOG.md tells, in the words in which it is written. */
public enum SessionEvent {
    START("Session start"),
    PHASE("Phase"),
    NOTE("Note"),
    NOTICE("Notice"),
    END("Session end");

    private final String text;

    SessionEvent(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
