package dev.wharfinger.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How an entry lies in the file: {@code u32 length ‖ u32 CRC-32C ‖ entry}, big-endian. The checksum
 * covers the entry's index (u64) and then the entry, so that an entry in another's place is found
 * where it lies.
 */
final class Frame {
    /** Bytes before each entry. */
    static final int HEADER = 8;

    private Frame() {}

    static void put(ByteBuffer into, long index, byte[] entry) {
        into.putInt(entry.length).putInt(checksum(index, entry, 0, entry.length)).put(entry);
    }

    static int checksum(long index, byte[] buffer, int offset, int length) {
        var crc = new CRC32C();
        byte[] number = new byte[Long.BYTES];
        ByteBuffer.wrap(number).putLong(index);
        crc.update(number);
        crc.update(buffer, offset, length);
        return (int) crc.getValue();
    }
}
