package dev.wharfinger.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The journal in files of a state folder, which it holds locked: one keeper writes. The bytes and
 * the order in which they become durable are in {@code docs/journal-format.md}.
 */
public final class FileJournal implements Journal {
    private static final Duration SIGN_AFTER = Duration.ofMillis(800);

    /** So long the first answers have the machine for themselves. */
    private static final Duration GRACE = Duration.ofMillis(300);

    private final AutoCloseable lock;
    private final Found found;
    private final String origin;
    private final CompletableFuture<OpenLog> verified = new CompletableFuture<>();
    private final AtomicReference<Optional<Snapshots.Sealed>> unread;
    private final CountDownLatch wanted = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    private FileJournal(Found found, String origin, AutoCloseable lock) {
        this.found = found;
        this.unread = new AtomicReference<>(found.ahead());
        this.origin = origin;
        this.lock = lock;
    }

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
        FileJournal journal = openAhead(stateDir, origin, clock);
        try {
            journal.awaitVerified();
            return journal;
        } catch (IOException | JournalRefused | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /**
     * As {@link #open}, but comes back as soon as there is something to read: a snapshot that bears
     * our seal, and the entries behind it. Root and signature are verified within the first half
     * second, and at once when something rests on them: whatever appends, signs or waits for {@link
     * #awaitVerified} waits for that. When it fails the journal has stopped. When it mended
     * something, the journal's own entries about it stand behind those that could be read before.
     */
    public static FileJournal openAhead(Path stateDir, String origin, InstantSource clock)
            throws IOException, JournalRefused {
        var disk = new FolderDisk();
        disk.createFolder(stateDir);
        StateLock lock = StateLock.take(stateDir);
        try {
            return openAhead(disk, stateDir, origin, clock, lock, SIGN_AFTER);
        } catch (IOException | JournalRefused | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** For tests that bring a disk of their own, and hold its lock. */
    static FileJournal openAhead(
            Disk disk,
            Path stateDir,
            String origin,
            InstantSource clock,
            AutoCloseable lock,
            Duration signAfter)
            throws IOException, JournalRefused {
        var state = new StateFolder(stateDir);
        var store = new FolderCheckpoints(disk, state.checkpoints());
        var opening = new Opening(disk, state, origin, clock, store);
        var journal = new FileJournal(opening.look(), origin, lock);
        var places = new OpenLog.Places(disk, state, store, clock, signAfter);
        Thread.ofPlatform().name("journal-verify").start(() -> journal.verify(opening, places));
        return journal;
    }

    /**
     * Waits until all of the log is verified.
     *
     * @throws JournalRefused when it is not what was signed
     * @throws IOException when the disk fails
     */
    public void awaitVerified() throws IOException, JournalRefused {
        hurry();
        joinVerified();
    }

    /** The verification that {@link #openAhead} put off begins now. */
    public void hurry() {
        wanted.countDown();
    }

    /** The same, without any hurry: the verification begins when something rests on it, or soon. */
    public void joinVerified() throws IOException, JournalRefused {
        try {
            verified.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof JournalRefused refused) {
                throw refused;
            }
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new JournalStopped(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public long append(String line) {
        byte[] entry = JournalEntry.bytes(line);
        return log().commit().append(entry, Digest.ofLeaf(entry));
    }

    @Override
    public void awaitDurable(long index) {
        log().commit().awaitDurable(index);
    }

    @Override
    public void whenDurable(long index, Runnable then) {
        log().commit().whenDurable(index, then);
    }

    @Override
    public void onStopped(Runnable then) {
        verified.whenComplete((log, failure) -> {
            if (log == null) {
                then.run();
            } else {
                log.commit().onStopped(then);
            }
        });
    }

    @Override
    public boolean stopped() {
        return verified.isCompletedExceptionally()
                || verified.isDone() && verified.join().commit().isStopped();
    }

    @Override
    public long size() {
        return verified.isDone() ? log().commit().ask(EntryIndex::size) : found.size();
    }

    @Override
    public long durableSize() {
        return verified.isDone() ? log().commit().durable().size() : found.size();
    }

    @Override
    public JournalEntry entry(long index) {
        log().commit().awaitDurable(index);
        return log().entries(index, index + 1, FrameReader.PICK_BYTES).next();
    }

    @Override
    public Stream<JournalEntry> from(long index) {
        long to = durableSize();
        if (index < 0 || index >= to) {
            return Stream.empty();
        }
        EntryCursor entries =
                ahead(index)
                        .map(reader -> new EntryCursor(reader, to))
                        .orElseGet(() -> log().entries(index, to, FrameReader.SCAN_BYTES));
        int kind = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliterator(entries, to - index, kind), false);
    }

    /** A reader from that entry on, where it can be found before everything is verified. */
    private Optional<FrameReader> ahead(long index) {
        if (index == 0) {
            return Optional.of(FrameReader.whole(found.file().file()));
        }
        return found.ahead()
                .filter(ahead -> ahead.snapshot().size() == index)
                .map(ahead ->
                        new FrameReader(
                                found.file().file(), index, ahead.end(), FrameReader.SCAN_BYTES));
    }

    @Override
    public Checkpoint checkpoint() {
        return log().signer().last();
    }

    @Override
    public Checkpoint sign() {
        if (log().commit().isStopped()) {
            throw new JournalStopped("the journal has stopped and signs nothing any more");
        }
        return log().signer().sign();
    }

    @Override
    public Digest root(long size) {
        if (size < 0 || size > durableSize()) {
            throw new IllegalArgumentException("no log of " + size + " in " + durableSize());
        }
        return log().rootAt(size);
    }

    @Override
    public Optional<byte[]> tile(TilePath path) {
        return new Tiles(log()).read(path);
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public String vkey() {
        return log().verifier().vkey();
    }

    @Override
    public void keepSnapshot(long size, byte[] fold) {
        log().keepSnapshot(size, fold);
    }

    @Override
    public Optional<Snapshot> snapshot() {
        Optional<Snapshot> first =
                unread.getAndSet(Optional.empty()).map(Snapshots.Sealed::snapshot);
        return first.isPresent() || found.key().isPresent() && !verified.isDone()
                ? first
                : log().snapshot();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try (lock;
                    var file = found.file()) {
                wanted.countDown();
                verified.handle((log, failure) -> Optional.ofNullable(log))
                        .join()
                        .ifPresent(OpenLog::close);
            } catch (JournalStopped e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("the journal's files cannot be closed", e);
            }
        }
    }

    private void verify(Opening opening, OpenLog.Places places) {
        try {
            if (found.key().isPresent() && !wanted.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                wanted.countDown(); // nobody asked: it begins all the same
            }
            verified.complete(OpenLog.start(places, opening.verify(found, new SecureRandom())));
        } catch (IOException | JournalRefused | InterruptedException | RuntimeException | Error e) {
            verified.completeExceptionally(e);
        }
    }

    private OpenLog log() {
        wanted.countDown();
        try {
            return verified.join();
        } catch (CompletionException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new JournalStopped("the journal is refused: " + why.getMessage(), why);
        }
    }
}
