package dev.wharfinger.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One open file. Reading and writing at once from several threads is allowed. */
interface DiskFile extends Closeable {
    long size() throws IOException;

    /** Reads until the buffer is full or the file ends; returns how many bytes came. */
    int read(ByteBuffer into, long position) throws IOException;

    /** Writes all remaining bytes. */
    void write(ByteBuffer from, long position) throws IOException;

    /** Makes what was written durable; with {@code all} the file's size and times as well. */
    void force(boolean all) throws IOException;

    void truncate(long size) throws IOException;
}
