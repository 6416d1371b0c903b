package dev.wharfinger.workspace;

import java.io.IOException;
import java.util.Optional;

/**
 * The file is not what the grant says it replaces: changed, created or removed meanwhile. Nothing
 * was written.
 */
public final class StaleWrite extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient WriteGrant grant;
    private final transient Optional<ContentHash> found;

    StaleWrite(WriteGrant grant, Optional<ContentHash> found) {
        super(
                grant.path()
                        + " holds "
                        + found.map(ContentHash::hex).orElse("nothing")
                        + ", not "
                        + grant.replacing().map(ContentHash::hex).orElse("nothing"));
        this.grant = grant;
        this.found = found;
    }

    /** The grant that could not be spent. */
    public WriteGrant grant() {
        return grant;
    }

    /** What the file holds now, or nothing where there is none. */
    public Optional<ContentHash> found() {
        return found;
    }
}
