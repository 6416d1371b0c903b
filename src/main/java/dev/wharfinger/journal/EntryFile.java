package dev.wharfinger.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The log's file: frames, then zeros written beforehand, so that a flush has no new blocks to
 * record. Beside it lies a reserve that is given up when the disk is full, for one last entry.
 */
final class EntryFile implements Closeable {
    private static final long SMALLEST_STEP = 1 << 20;
    private static final long LARGEST_STEP = 16 << 20;
    private static final int RESERVE_BYTES = 512 * 1024;
    private static final int ZERO_BYTES = 128 * 1024;

    private final Disk disk;
    private final DiskFile file;
    private final Path reserve;
    private long allocated;

    private EntryFile(Disk disk, DiskFile file, Path reserve) throws IOException {
        this.disk = disk;
        this.file = file;
        this.reserve = reserve;
        this.allocated = file.size();
    }

    /** The file in this folder; made when it is not there. */
    static EntryFile open(Disk disk, Path folder) throws IOException {
        DiskFile file = disk.open(folder.resolve("entries"));
        try {
            return new EntryFile(disk, file, folder.resolve("reserve"));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    DiskFile file() {
        return file;
    }

    /** Writes frames behind the last ones; more room is made first where they need it. */
    void write(ByteBuffer frames, long at) throws IOException {
        long end = at + frames.remaining();
        if (end > allocated) {
            long step = Math.clamp(allocated, SMALLEST_STEP, LARGEST_STEP);
            allocate(Math.max(end, allocated + step));
        }
        file.write(frames, at);
    }

    /**
     * Makes the frames durable; their blocks were there before, so data is all there is to flush.
     */
    void force() throws IOException {
        file.force(false);
    }

    /** Forgets everything from {@code end} on, so that nothing of it can come back as a frame. */
    void cut(long end) throws IOException {
        file.truncate(end);
        file.force(true);
        allocated = end;
    }

    /** Writes the reserve, and the first zeros of a new file. */
    void prepare() throws IOException {
        try (DiskFile kept = disk.open(reserve)) {
            if (kept.size() != RESERVE_BYTES) {
                zeros(kept, 0, RESERVE_BYTES);
            }
        }
        if (allocated == 0) {
            allocate(SMALLEST_STEP);
        }
    }

    /** Frees the reserve for {@link #writeLast}. How many bytes that can take. */
    int giveUpReserve() throws IOException {
        disk.delete(reserve);
        return RESERVE_BYTES / 2;
    }

    /**
     * Writes and flushes the last frames of a full disk, asking for no more room than they need.
     */
    void writeLast(ByteBuffer frames, long at) throws IOException {
        long end = at + frames.remaining();
        if (end > allocated) {
            allocate(end);
        }
        file.write(frames, at);
        file.force(true);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void allocate(long upTo) throws IOException {
        zeros(file, allocated, upTo);
        allocated = upTo;
    }

    private static void zeros(DiskFile file, long from, long to) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(ZERO_BYTES);
        for (long at = from; at < to; at += ZERO_BYTES) {
            zeros.clear().limit((int) Math.min(ZERO_BYTES, to - at));
            file.write(zeros, at);
        }
        file.force(true);
    }
}
