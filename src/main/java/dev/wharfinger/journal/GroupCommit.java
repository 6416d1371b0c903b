package dev.wharfinger.journal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one place where entries get their index and become durable. While one flush is under way the
 * next batch fills. A blocked platform thread leads the next flush itself, so that a single writer
 * pays for no change of thread; a thread of our own does it for callbacks and virtual threads.
 * After the first failure nothing is appended any more.
 */
final class GroupCommit {
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final BatchWriter writer;
    private final EntryIndex index;
    private final Runnable grown;
    private final Thread flusher;
    private List<Runnable> ready = new ArrayList<>();
    private List<Runnable> listeners = new ArrayList<>();
    private Batch filling = new Batch();
    private Batch inFlight = new Batch(); // empty while nobody flushes
    private long fillingStart;
    private long sizeAtRest;
    private boolean flushing;
    private boolean asleep;
    private boolean closing;
    private boolean lastWordsDue;
    private volatile Frontier durable;
    private volatile @Nullable JournalStopped stopped;

    /**
     * @param grown told after each flush; must not wait
     */
    GroupCommit(BatchWriter writer, EntryIndex index, Runnable grown) {
        this.writer = writer;
        this.index = index;
        this.grown = grown;
        this.durable = index.frontier();
        this.fillingStart = index.size();
        this.flusher = Thread.ofPlatform().name("journal-flush").daemon().unstarted(this::run);
    }

    void start() {
        flusher.start();
    }

    long append(byte[] entry, Digest leaf) {
        lock.lock();
        try {
            refuseWhenStopped();
            while (!filling.hasRoom(entry.length)) {
                work.signal();
                room.awaitUninterruptibly();
                refuseWhenStopped();
            }
            long next = index.size();
            filling.put(next, entry);
            index.add(leaf, entry.length);
            if (asleep) {
                asleep = false;
                work.signal();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    void awaitDurable(long entry) {
        if (entry < durable.size()) {
            return;
        }
        if (enlist(entry).await() == Batch.Waiter.Call.LEAD) {
            lead();
        }
        if (entry >= durable.size()) {
            refuseWhenStopped();
        }
    }

    void whenDurable(long entry, Runnable then) {
        if (entry >= durable.size()) {
            lock.lock();
            try {
                checkAppended(entry);
                if (entry >= durable.size()) {
                    if (mayBecomeDurable()) {
                        batchOf(entry).then(then);
                        work.signal();
                    }
                    return;
                }
            } finally {
                lock.unlock();
            }
        }
        then.run();
    }

    void onStopped(Runnable then) {
        lock.lock();
        try {
            if (stopped == null) {
                listeners.add(then);
                return;
            }
        } finally {
            lock.unlock();
        }
        then.run();
    }

    boolean isStopped() {
        return stopped != null;
    }

    long size() {
        lock.lock();
        try {
            return index.size();
        } finally {
            lock.unlock();
        }
    }

    /** The tree over what is on disk. Never changed; copy it to let it grow. */
    Frontier durable() {
        return durable;
    }

    /** The first byte of an entry. */
    long start(long entry) {
        lock.lock();
        try {
            return index.start(entry);
        } finally {
            lock.unlock();
        }
    }

    /** The tree over the full tiles among the first {@code size} entries. */
    Frontier tilesWithin(long size) {
        lock.lock();
        try {
            return index.tilesWithin(size);
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more. On a full disk what was appended and a last entry are still written. */
    void stop(JournalStopped why, boolean full) {
        List<Batch.Waiter> woken = List.of();
        lock.lock();
        try {
            if (stopped == null) {
                stopped = why;
                lastWordsDue = full;
                woken = failWaiting();
                work.signal();
            }
        } finally {
            lock.unlock();
        }
        woken.forEach(waiter -> waiter.wake(Batch.Waiter.Call.RETURN));
    }

    /** Flushes what was appended, runs what waited for it, and then takes nothing more. */
    void close() {
        lock.lock();
        try {
            closing = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (flusher.isAlive()) {
            try {
                flusher.join();
            } catch (InterruptedException e) {
                interrupted = true; // what was appended is flushed whatever the caller wants
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        stop(new JournalStopped("the journal is closed"), false);
    }

    private Batch.Waiter enlist(long entry) {
        lock.lock();
        try {
            checkAppended(entry);
            if (entry < durable.size()) {
                return Batch.Waiter.called(Batch.Waiter.Call.RETURN);
            }
            if (!mayBecomeDurable()) {
                throw refusal();
            }
            if (!flushing && stopped == null && !Thread.currentThread().isVirtual()) {
                flushing = true;
                return Batch.Waiter.called(Batch.Waiter.Call.LEAD);
            }
            if (!flushing) {
                work.signal();
            }
            return batchOf(entry).wait(new Batch.Waiter());
        } finally {
            lock.unlock();
        }
    }

    /** Flushes the filling batch. Only by whoever has set {@link #flushing} or was given it. */
    private void lead() {
        lock.lock();
        Batch batch = filling;
        filling = inFlight;
        inFlight = batch;
        long at = index.start(fillingStart);
        fillingStart = index.size();
        Frontier covers = index.frontier();
        boolean last = lastWordsDue;
        room.signalAll();
        lock.unlock();
        BatchWriter.Flush flush =
                last
                        ? writer.lastFlush(batch, at, durable, covers)
                        : writer.flush(batch, at, durable, covers);
        finish(batch, covers, flush);
        grown.run();
    }

    private void finish(Batch batch, Frontier covers, BatchWriter.Flush flush) {
        Optional<Batch.Waiter> next = Optional.empty();
        lock.lock();
        List<Batch.Waiter> woken = batch.takeWaiters();
        List<Runnable> callbacks = batch.takeCallbacks();
        try {
            batch.clear();
            flushing = false;
            if (flush.written() == covers) {
                ready.addAll(callbacks);
            }
            if (flush.failure().isPresent() && stopped == null) {
                stopped = flush.failure().get();
            }
            durable = flush.written();
            if (flush.failure().isPresent() || lastWordsDue && flush.lastEntry().isPresent()) {
                lastWordsDue = false;
                index.rewind(flush.written());
                flush.lastEntry().ifPresent(entry -> index.add(Digest.ofLeaf(entry), entry.length));
                durable = index.frontier();
            }
            if (stopped == null) {
                next = filling.takeLeader();
                flushing = next.isPresent();
            } else {
                woken.addAll(failWaiting());
            }
            if (!flushing && filling.isWanted() || !ready.isEmpty() || stopped != null) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
        next.ifPresent(waiter -> waiter.wake(Batch.Waiter.Call.LEAD));
        woken.forEach(waiter -> waiter.wake(Batch.Waiter.Call.RETURN));
    }

    /** The life of our own thread: runs callbacks, and leads when nobody else does. */
    private void run() {
        boolean alive = true;
        while (alive) {
            List<Runnable> tasks = List.of();
            boolean leads = false;
            lock.lock();
            try {
                if (!ready.isEmpty()) {
                    tasks = ready;
                    ready = new ArrayList<>();
                } else if (!flushing && (lastWordsDue || stopped == null && isDue())) {
                    flushing = true;
                    leads = true;
                } else if (!flushing && (stopped != null || closing && filling.isEmpty())) {
                    tasks = stopped == null ? List.of() : listeners;
                    alive = false;
                } else {
                    rest();
                }
            } finally {
                lock.unlock();
            }
            tasks.forEach(GroupCommit::runOne);
            if (leads) {
                lead();
            }
        }
    }

    /** Whether somebody waits for the filling batch, or it has waited long enough itself. */
    private boolean isDue() {
        return filling.isWanted()
                || lock.hasWaiters(room)
                || !filling.isEmpty() && (closing || filling.ageNanos() >= LINGER_NANOS);
    }

    private void rest() {
        boolean idle = filling.isEmpty() && !flushing && index.size() == sizeAtRest;
        sizeAtRest = index.size();
        if (idle) {
            asleep = true;
            work.awaitUninterruptibly();
            asleep = false;
            return;
        }
        try {
            work.awaitNanos(LINGER_NANOS);
        } catch (InterruptedException e) {
            // Nobody has a reason to interrupt this thread; it looks again as after any wake-up.
        }
    }

    private static void runOne(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /** Whom nothing can help any more, to be woken without the lock. */
    private List<Batch.Waiter> failWaiting() {
        room.signalAll();
        if (flushing || lastWordsDue) {
            return new ArrayList<>();
        }
        filling.takeCallbacks();
        return filling.takeWaiters();
    }

    private boolean mayBecomeDurable() {
        return stopped == null || flushing || lastWordsDue;
    }

    private Batch batchOf(long entry) {
        return entry < fillingStart ? inFlight : filling;
    }

    private void checkAppended(long entry) {
        if (entry < 0 || entry >= index.size() && stopped == null) {
            throw new IllegalArgumentException("entry " + entry + " was never appended");
        }
    }

    private void refuseWhenStopped() {
        if (stopped != null) {
            throw refusal();
        }
    }

    private JournalStopped refusal() {
        JournalStopped why = Objects.requireNonNull(stopped);
        return new JournalStopped(String.valueOf(why.getMessage()), why);
    }
}
