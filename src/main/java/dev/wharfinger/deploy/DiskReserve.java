package dev.wharfinger.deploy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A little room on a disk, held for the day on which the disk is full: a file of real bytes that is
 * deleted when the way back needs them. Whoever fills the disk meanwhile may take that room too; a
 * return is quick enough to be before him.
 */
public record DiskReserve(Path file) {
    private static final int BYTES = 256 * 1024;

    /**
     * Holds the room, if it is not held.
     *
     * @throws IOException where there is none
     */
    public void hold() throws IOException {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == BYTES) {
            return;
        }
        try (var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS)) {
            var bytes = ByteBuffer.wrap(filling());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException full) {
            Files.deleteIfExists(file);
            throw full;
        }
    }

    /** Gives the room back; false where none was held. */
    public boolean spend() throws IOException {
        return Files.deleteIfExists(file);
    }

    /** Bytes that no file system stores as less than they are. */
    private static byte[] filling() {
        var bytes = new byte[BYTES];
        int state = 0x2545F491;
        for (int i = 0; i < BYTES; i++) {
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            bytes[i] = (byte) state;
        }
        return bytes;
    }
}
