package dev.wharfinger.journal;

/**
 * Text that is not a signed note, a checkpoint or a key, or one whose signature does not verify.
 */
public final class NoteUnreadable extends Exception {
    private static final long serialVersionUID = 1L;

    /** Unreadable for this reason. */
    public NoteUnreadable(String reason) {
        super(reason);
    }
}
