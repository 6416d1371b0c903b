package dev.wharfinger.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Brings batches to the disk, one at a time, without the log's lock. After a failure it is used no
 * more.
 */
final class BatchWriter {
    private final Disk disk;
    private final EntryFile file;
    private final Supplier<byte[]> lastWords;

    /** What a flush made durable, and why it was the last one if it was. */
    record Flush(Frontier written, Optional<byte[]> lastEntry, Optional<JournalStopped> failure) {}

    /**
     * @param lastWords makes the entry that says that the disk is full
     */
    BatchWriter(Disk disk, EntryFile file, Supplier<byte[]> lastWords) {
        this.disk = disk;
        this.file = file;
        this.lastWords = lastWords;
    }

    /**
     * Writes and flushes a batch.
     *
     * @param before the tree over what is on disk
     * @param after the tree with the batch
     */
    Flush flush(Batch batch, long at, Frontier before, Frontier after) {
        boolean forcing = false;
        try {
            file.write(batch.frames(), at);
            forcing = true;
            file.force();
            return new Flush(after, Optional.empty(), Optional.empty());
        } catch (IOException e) {
            var why = new JournalStopped("the journal cannot be written: " + e.getMessage(), e);
            // A flush that failed is never followed by another: the kernel may have dropped the
            // pages and report success. Only a write that found no room may end with last words.
            if (forcing || !disk.isFull(e)) {
                return new Flush(before, Optional.empty(), Optional.of(why));
            }
            Flush last = lastFlush(batch, at, before, after);
            return new Flush(last.written, last.lastEntry, Optional.of(why));
        } catch (RuntimeException | Error e) {
            var why = new JournalStopped("the journal failed: " + e, e);
            return new Flush(before, Optional.empty(), Optional.of(why));
        }
    }

    /** Writes the batch if the reserve can take it, and behind it that the disk is full. */
    Flush lastFlush(Batch batch, long at, Frontier before, Frontier after) {
        try {
            byte[] entry = lastWords.get();
            ByteBuffer frames = batch.frames();
            boolean fits = file.giveUpReserve() >= frames.remaining() + entry.length;
            Frontier written = fits ? after : before;
            int room = (fits ? frames.remaining() : 0) + Frame.HEADER + entry.length;
            ByteBuffer last = ByteBuffer.allocate(room);
            if (fits) {
                last.put(frames);
            }
            Frame.put(last, written.size(), entry);
            file.writeLast(last.flip(), at);
            return new Flush(written, Optional.of(entry), Optional.empty());
        } catch (IOException | RuntimeException e) {
            var why = new JournalStopped("no last entry could be written: " + e.getMessage(), e);
            return new Flush(before, Optional.empty(), Optional.of(why));
        }
    }
}
