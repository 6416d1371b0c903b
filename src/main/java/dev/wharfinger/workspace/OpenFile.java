package dev.wharfinger.workspace;

import java.io.IOException;

/** A regular file with one name, open for reading. */
sealed interface OpenFile extends AutoCloseable permits OpenatFile, StreamFile {
    /** What was true of it when it was opened. */
    Facts facts();

    /** Up to {@code length} bytes from where the last read ended; 0 at the end. */
    int read(byte[] into, int offset, int length) throws IOException;

    /** Whether some process still holds it as its {@link NewFile}. */
    boolean isHeld() throws IOException;

    @Override
    void close() throws IOException;
}
