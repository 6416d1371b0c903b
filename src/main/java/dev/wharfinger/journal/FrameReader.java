package dev.wharfinger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads frames in sequence, up to the first bytes that are not a frame. It stands behind the last
 * good entry and shows that one until {@link #next} is called again.
 */
final class FrameReader {
    /** Fits the largest frame many times over; a scan costs few reads. */
    static final int SCAN_BYTES = 256 * 1024;

    /** Fits any frame; for a few entries out of the middle. */
    static final int PICK_BYTES = Frame.HEADER + JournalEntry.MAX_BYTES;

    private @Nullable Hasher hasher; // made when a leaf is asked for: a first look hashes nothing
    private final DiskFile file;
    private final byte[] buffer;
    private long bufferStart;
    private int filled;
    private long end;
    private long size;
    private int offset;
    private int length;
    private Optional<String> damage = Optional.empty();

    /** Begins at the entry with this index, whose frame begins at this byte. */
    FrameReader(DiskFile file, long index, long start, int chunk) {
        this.file = file;
        this.buffer = new byte[chunk];
        this.size = index;
        this.end = start;
        this.bufferStart = start;
    }

    static FrameReader whole(DiskFile file) {
        return new FrameReader(file, 0, 0, SCAN_BYTES);
    }

    /** Goes to the next entry; false at the end of the log and at damage. */
    boolean next() throws IOException {
        int have = require(Frame.HEADER);
        if (have < Frame.HEADER) {
            return have == 0 || isZero((int) (end - bufferStart), have)
                    ? false
                    : damaged("the file ends inside a frame");
        }
        int announced = header(0);
        if (announced == 0) {
            return isZeroFromHereOn() ? false : damaged("an empty frame, and more behind it");
        }
        if (announced < 0 || announced > JournalEntry.MAX_BYTES) {
            return damaged("a length of " + Integer.toUnsignedString(announced) + " bytes");
        }
        if (require(Frame.HEADER + announced) < Frame.HEADER + announced) {
            return damaged("the file ends inside a frame");
        }
        offset = (int) (end - bufferStart) + Frame.HEADER;
        length = announced;
        if (header(Integer.BYTES) != Frame.checksum(size, buffer, offset, length)) {
            return damaged("the checksum does not match");
        }
        size++;
        end += Frame.HEADER + length;
        return true;
    }

    /** Index of the entry that {@link #next} will look for; after the last, the size of the log. */
    long size() {
        return size;
    }

    /** The byte behind the last good entry. */
    long end() {
        return end;
    }

    /** What is wrong with the bytes at {@link #end}; empty when the log simply ends there. */
    Optional<String> damage() {
        return damage;
    }

    int length() {
        return length;
    }

    Digest leaf() {
        Hasher leaves = hasher == null ? new Hasher() : hasher;
        hasher = leaves;
        return leaves.leaf(buffer, offset, length);
    }

    JournalEntry entry() {
        return new JournalEntry(size - 1, new String(buffer, offset, length, UTF_8));
    }

    boolean is(byte[] entry) {
        return Arrays.equals(buffer, offset, offset + length, entry, 0, entry.length);
    }

    private boolean damaged(String why) {
        damage = Optional.of(why);
        return false;
    }

    private int header(int at) {
        return ByteBuffer.wrap(buffer).getInt((int) (end - bufferStart) + at);
    }

    /** Nothing but zeros, written beforehand, may stand behind the last entry. */
    private boolean isZeroFromHereOn() throws IOException {
        for (long at = end; ; at += filled) {
            fill(at);
            if (filled == 0) {
                return true;
            }
            if (!isZero(0, filled)) {
                return false;
            }
        }
    }

    /**
     * Brings up to {@code wanted} bytes from {@link #end} on into the buffer; how many there are.
     */
    private int require(int wanted) throws IOException {
        if (bufferStart + filled - end < wanted) {
            fill(end);
        }
        return (int) Math.min(bufferStart + filled - end, wanted);
    }

    private void fill(long position) throws IOException {
        bufferStart = position;
        filled = file.read(ByteBuffer.wrap(buffer), position);
    }

    private boolean isZero(int from, int count) {
        return count == 0
                || buffer[from] == 0
                        && Arrays.equals(
                                buffer, from, from + count - 1, buffer, from + 1, from + count);
    }
}
