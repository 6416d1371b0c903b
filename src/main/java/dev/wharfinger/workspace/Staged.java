package dev.wharfinger.workspace;

import java.io.IOException;

/**
 * Bytes that lie durable beside their file and are not yet it. Ended by exactly one of {@link
 * Workspace#commit} and {@link Workspace#discard}. Not to be shared between threads.
 */
public final class Staged {
    private final WriteGrant grant;
    private final Folder folder;
    private final String temp;
    private final NewFile file;
    private boolean ended;

    Staged(WriteGrant grant, Folder folder, String temp, NewFile file) {
        this.grant = grant;
        this.folder = folder;
        this.temp = temp;
        this.file = file;
    }

    /** The grant that was spent. */
    public WriteGrant grant() {
        return grant;
    }

    Folder folder() {
        return folder;
    }

    String temp() {
        return temp;
    }

    NewFile file() {
        return file;
    }

    void end() {
        if (ended) {
            throw new IllegalStateException("already committed or discarded: " + grant.path());
        }
        ended = true;
    }

    void release() throws IOException {
        try (folder;
                file) {
            ended = true;
        }
    }
}
