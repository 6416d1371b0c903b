package dev.wharfinger.journal;

/**
 * A journal that must not be opened as it is. Nothing was changed on disk. The message says what
 * was found (sizes, roots, index, holder) and what a person can do.
 */
public final class JournalRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String found;
    private final String remedy;

    /** Refused for what was found, with what to do. */
    public JournalRefused(String found, String remedy) {
        super(found + ". " + remedy);
        this.found = found;
        this.remedy = remedy;
    }

    /** What was found. */
    public String found() {
        return found;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
