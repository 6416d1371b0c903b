package dev.wharfinger.workspace;

import dev.wharfinger.rule.Refusal;

import java.io.IOException;

/** What stands in the file system under a valid name is refused; nothing was read or written. */
public final class PathRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    PathRefused(Refusal refusal) {
        super(refusal.rule() + ": " + refusal.reason());
        this.refusal = refusal;
    }

    /** The typed no. */
    public Refusal refusal() {
        return refusal;
    }
}
