package dev.wharfinger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The journal in files of a state folder, which it holds locked: one keeper writes. The bytes and
 * the order in which they become durable are in {@code docs/journal-format.md}.
 */
public final class FileJournal implements Journal {
    private static final Duration SIGN_AFTER = Duration.ofMillis(800);

    private final AutoCloseable lock;
    private final EntryFile file;
    private final GroupCommit commit;
    private final CheckpointSigner signer;
    private final Snapshots snapshots;
    private final NoteVerifier verifier;
    private final AtomicBoolean closed = new AtomicBoolean();

    private FileJournal(Places places, Opening.Opened opened, Duration signAfter) {
        this.lock = places.lock;
        this.file = opened.file();
        this.verifier = opened.key().verifier();
        var growth = new Growth();
        var writer = new BatchWriter(places.disk, file, () -> diskFull(places.clock));
        this.commit = new GroupCommit(writer, opened.index(), growth::tell);
        this.signer =
                new CheckpointSigner(opened, places.store, places.disk, commit, growth, signAfter);
        this.snapshots = new Snapshots(places.disk, places.state.snapshot(), opened.key());
    }

    /** What a journal stands on. */
    private record Places(
            Disk disk,
            StateFolder state,
            CheckpointStore store,
            InstantSource clock,
            AutoCloseable lock) {}

    /**
     * Opens the journal of a state folder, and begins one where there is none: a key, an empty log
     * and a signed checkpoint of size 0. The folder is locked until {@link #close}.
     *
     * @param origin the log's name for ever: one word, such as {@code example.com/journal/shop}
     * @throws JournalRefused when another process holds it, or what is on disk is not what was
     *     signed; then nothing was changed
     * @throws IOException when the disk fails
     */
    public static FileJournal open(Path stateDir, String origin, InstantSource clock)
            throws IOException, JournalRefused {
        var disk = new FolderDisk();
        disk.createFolder(stateDir);
        StateLock lock = StateLock.take(stateDir);
        try {
            return open(disk, stateDir, origin, clock, lock, SIGN_AFTER);
        } catch (IOException | JournalRefused | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** For tests that bring a disk of their own, and hold its lock. */
    static FileJournal open(
            Disk disk,
            Path stateDir,
            String origin,
            InstantSource clock,
            AutoCloseable lock,
            Duration signAfter)
            throws IOException, JournalRefused {
        var state = new StateFolder(stateDir);
        var store = new FolderCheckpoints(disk, state.checkpoints());
        Opening opening = new Opening(disk, state, origin, clock, store);
        Opening.Opened opened = opening.open(new SecureRandom());
        var journal =
                new FileJournal(new Places(disk, state, store, clock, lock), opened, signAfter);
        journal.commit.start();
        journal.signer.start();
        if (!opened.cuts().isEmpty()) {
            try {
                opened.cuts().forEach(journal::append);
                journal.awaitDurable(journal.size() - 1);
                disk.delete(state.cut());
            } catch (IOException | RuntimeException e) {
                journal.end();
                throw e;
            }
        }
        return journal;
    }

    @Override
    public long append(String line) {
        byte[] entry = bytes(line);
        return commit.append(entry, Digest.ofLeaf(entry));
    }

    @Override
    public void awaitDurable(long index) {
        commit.awaitDurable(index);
    }

    @Override
    public void whenDurable(long index, Runnable then) {
        commit.whenDurable(index, then);
    }

    @Override
    public void onStopped(Runnable then) {
        commit.onStopped(then);
    }

    @Override
    public boolean stopped() {
        return commit.isStopped();
    }

    @Override
    public long size() {
        return commit.size();
    }

    @Override
    public long durableSize() {
        return commit.durable().size();
    }

    @Override
    public JournalEntry entry(long index) {
        commit.awaitDurable(index);
        return entries(index, index + 1, FrameReader.PICK_BYTES).next();
    }

    @Override
    public Stream<JournalEntry> from(long index) {
        long to = durableSize();
        if (index < 0 || index >= to) {
            return Stream.empty();
        }
        EntryCursor entries = entries(index, to, FrameReader.SCAN_BYTES);
        int kind = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliterator(entries, to - index, kind), false);
    }

    @Override
    public Checkpoint checkpoint() {
        return signer.last();
    }

    @Override
    public Checkpoint sign() {
        if (commit.isStopped()) {
            throw new JournalStopped("the journal has stopped and signs nothing any more");
        }
        return signer.sign();
    }

    @Override
    public String origin() {
        return verifier.name();
    }

    @Override
    public String vkey() {
        return verifier.vkey();
    }

    @Override
    public void keepSnapshot(long size, byte[] fold) {
        if (size > 0) {
            commit.awaitDurable(size - 1);
        }
        try {
            snapshots.keep(size, rootAt(size), fold);
        } catch (IOException e) {
            var why = new JournalStopped("no snapshot can be stored: " + e.getMessage(), e);
            commit.stop(why, false);
            throw why;
        }
    }

    @Override
    public Optional<Snapshot> snapshot() {
        try {
            return snapshots.load(durableSize(), this::rootAt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            boolean healthy = !commit.isStopped();
            commit.close();
            try {
                if (healthy) {
                    signer.sign();
                }
            } finally {
                end();
            }
        }
    }

    private void end() {
        signer.close();
        try (lock;
                file) {
            commit.close();
        } catch (Exception e) {
            throw new IllegalStateException("the journal's files cannot be closed", e);
        }
    }

    private EntryCursor entries(long from, long to, int chunk) {
        return new EntryCursor(new FrameReader(file.file(), from, commit.start(from), chunk), to);
    }

    private Digest rootAt(long size) {
        Frontier tree = commit.tilesWithin(size);
        if (tree.size() < size) {
            entries(tree.size(), size, FrameReader.SCAN_BYTES)
                    .forEachRemaining(entry -> tree.add(entry.leaf()));
        }
        return tree.root();
    }

    private static byte[] bytes(String line) {
        byte[] entry = line.getBytes(UTF_8);
        if (entry.length == 0 || entry.length > JournalEntry.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "an entry has 1 to " + JournalEntry.MAX_BYTES + " bytes, not " + entry.length);
        }
        if (line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("an entry is one line");
        }
        if (hasHalfPair(line)) {
            throw new IllegalArgumentException("an entry has no half of a surrogate pair");
        }
        return entry;
    }

    /** Such text has no UTF-8 form: what would be read back is not what was appended. */
    private static boolean hasHalfPair(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (Character.isSurrogate(line.charAt(i))) {
                int pair = line.codePointAt(i);
                if (pair <= Character.MAX_VALUE) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static byte[] diskFull(InstantSource clock) {
        String line = "{\"at\":\"" + clock.instant() + "\",\"type\":\"journal.disk-full\"}";
        return line.getBytes(UTF_8);
    }
}
