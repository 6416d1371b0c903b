package dev.wharfinger.workspace;

/**
 * Bytes that lie durable beside their file and are not yet it. Ended by exactly one of {@link
 * Workspace#commit} and {@link Workspace#discard}.
 */
public final class Staged {
    private final WriteGrant grant;

    Staged(WriteGrant grant) {
        this.grant = grant;
    }

    /** The grant that was spent. */
    public WriteGrant grant() {
        return grant;
    }
}
