package dev.wharfinger.workspace;

import java.io.IOException;

/**
 * A file that was made here and nobody knows yet. While it is open it is held: a sweep leaves it
 * alone, and what a dead process held is free again.
 */
sealed interface NewFile extends AutoCloseable permits OpenatNewFile, StreamNewFile {
    /** Equal to the key of the file's facts. */
    Object key() throws IOException;

    /** Appends all of these bytes. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Sets the permission bits, whatever the process's mask says. */
    void mode(int mode) throws IOException;

    /** Returns when the bytes are durable. */
    void sync() throws IOException;

    @Override
    void close() throws IOException;
}
