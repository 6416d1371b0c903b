package dev.wharfinger.journal;

/**
 * The journal takes nothing any more: a write or a flush failed, or it was closed. It stays so
 * until the process is started anew, because after a failed flush nobody knows what the disk holds
 * (<a href="https://wiki.postgresql.org/wiki/Fsync_Errors">why a retry is wrong</a>).
 */
public final class JournalStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Stopped for this reason. */
    public JournalStopped(String reason) {
        super(reason);
    }

    /** Stopped for this reason, by this failure. */
    public JournalStopped(String reason, Throwable cause) {
        super(reason, cause);
    }
}
