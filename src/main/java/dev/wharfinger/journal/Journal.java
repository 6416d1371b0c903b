package dev.wharfinger.journal;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The append-only log of everything asked, decided and done. Order is the index; what was once
 * durable never changes; a checkpoint signs the whole (RFC 6962 tree, C2SP checkpoint). All methods
 * may be called from any thread.
 */
public interface Journal extends AutoCloseable {
    /**
     * Appends one line of JSON and gives it the next index at once, in the order of the calls. It
     * becomes durable with the next flush, at the latest 50 ms later, also when nobody waits.
     *
     * @throws IllegalArgumentException when it is empty, over 16 KiB of UTF-8, has a line feed or
     *     half a surrogate pair
     * @throws JournalStopped when the journal takes nothing any more
     */
    long append(String line);

    /**
     * Waits until the entry is on disk. An interrupt does not end the wait; it is kept.
     *
     * @throws JournalStopped when it will never be
     */
    void awaitDurable(long index);

    /**
     * Runs {@code then} as soon as the entry is on disk: at once in the calling thread when it
     * already is, else in batches on the journal's own thread, so it must be short and must not
     * wait. When the journal stops before, it never runs.
     */
    void whenDurable(long index, Runnable then);

    /** Runs {@code then} once when a failure stops the journal; at once when one has. */
    void onStopped(Runnable then);

    /** Whether it takes nothing any more. */
    boolean stopped();

    /** Entries appended, whether durable or not yet. */
    long size();

    /** Entries on disk. */
    long durableSize();

    /** One entry; waits until it is durable, for only then it can be relied on. */
    JournalEntry entry(long index);

    /**
     * The entries that are durable now, from this index on, in order and read as they are taken.
     */
    Stream<JournalEntry> from(long index);

    /** The checkpoint signed last. */
    Checkpoint checkpoint();

    /**
     * Signs what is durable now, if it has grown, and stores it; a timer does so within a second.
     */
    Checkpoint sign();

    /**
     * The root over the first {@code size} entries: what a checkpoint of that size was signed over.
     *
     * @throws IllegalArgumentException where the log is not so large
     */
    Digest root(long size);

    /** A tile of the durable log (C2SP tlog-tiles); nothing where the log is not so large. */
    Optional<byte[]> tile(TilePath path);

    /** The log's name, first line of each checkpoint. */
    String origin();

    /** The public key that verifies the checkpoints, as C2SP writes it. */
    String vkey();

    /**
     * Keeps, signed, what was made of the first {@code size} entries, in place of what was kept
     * before. Waits until those entries are durable.
     */
    void keepSnapshot(long size, byte[] fold);

    /**
     * What was kept last, if it is ours and of this log; anything else is as if it were not there.
     */
    Optional<Snapshot> snapshot();

    /** Flushes, signs, and gives the lock back. */
    @Override
    void close();
}
