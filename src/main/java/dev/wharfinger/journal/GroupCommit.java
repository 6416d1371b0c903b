package dev.wharfinger.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

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
    private final FlushThread flusher = new FlushThread(this::nextWork);
    private List<Runnable> ready = new ArrayList<>();
    private final Standing standing = new Standing();
    private Batch filling = new Batch();
    private Batch inFlight = new Batch(); // empty while nobody flushes
    private long fillingStart;
    private long sizeAtRest;
    private boolean flushing;
    private boolean asleep;
    private boolean closing;
    private boolean lastWordsDue;
    private volatile Frontier durable;

    /**
     * @param grown told after each flush; must not wait
     */
    GroupCommit(BatchWriter writer, EntryIndex index, Runnable grown) {
        this.writer = writer;
        this.index = index;
        this.grown = grown;
        this.durable = index.frontier();
        this.fillingStart = index.size();
    }

    void start() {
        flusher.start();
    }

    long append(byte[] entry, Digest leaf) {
        lock.lock();
        try {
            standing.refuseWhenStopped();
            while (!filling.hasRoom(entry.length)) {
                work.signal();
                room.awaitUninterruptibly();
                standing.refuseWhenStopped();
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
            standing.refuseWhenStopped();
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
            if (!standing.isStopped()) {
                standing.listen(then);
                return;
            }
        } finally {
            lock.unlock();
        }
        then.run();
    }

    boolean isStopped() {
        return standing.isStopped();
    }

    /** Asks about the entries that were appended, durable or not. */
    <T> T ask(Function<EntryIndex, T> question) {
        lock.lock();
        try {
            return question.apply(index);
        } finally {
            lock.unlock();
        }
    }

    /** The tree over what is on disk. Never changed; copy it to let it grow. */
    Frontier durable() {
        return durable;
    }

    /** Takes nothing more. On a full disk what was appended and a last entry are still written. */
    void stop(JournalStopped why, boolean full) {
        List<Batch.Waiter> woken = List.of();
        lock.lock();
        try {
            if (standing.stop(why)) {
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
        flusher.join();
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
                throw standing.refusal();
            }
            if (!flushing && !isStopped() && !Thread.currentThread().isVirtual()) {
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
            flush.failure().ifPresent(standing::stop);
            durable = flush.written();
            if (flush.failure().isPresent() || lastWordsDue && flush.lastEntry().isPresent()) {
                lastWordsDue = false;
                index.rewind(flush.written());
                flush.lastEntry().ifPresent(entry -> index.add(Digest.ofLeaf(entry), entry.length));
                durable = index.frontier();
            }
            if (!isStopped()) {
                next = filling.takeLeader();
                flushing = next.isPresent();
            } else {
                woken.addAll(failWaiting());
            }
            if (!flushing && filling.isWanted() || !ready.isEmpty() || isStopped()) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
        next.ifPresent(waiter -> waiter.wake(Batch.Waiter.Call.LEAD));
        woken.forEach(waiter -> waiter.wake(Batch.Waiter.Call.RETURN));
    }

    /** What our own thread does next: runs callbacks, and leads when nobody else does. */
    private Optional<Runnable> nextWork() {
        lock.lock();
        try {
            while (true) {
                if (!ready.isEmpty()) {
                    List<Runnable> tasks = ready;
                    ready = new ArrayList<>();
                    return Optional.of(() -> tasks.forEach(FlushThread::runGuarded));
                }
                if (!flushing && (lastWordsDue || !isStopped() && isDue())) {
                    flushing = true;
                    return Optional.of(this::lead);
                }
                if (!flushing && isStopped()) {
                    ready = standing.takeListeners();
                    if (ready.isEmpty()) {
                        return Optional.empty();
                    }
                } else if (!flushing && closing && filling.isEmpty()) {
                    return Optional.empty();
                } else {
                    rest();
                }
            }
        } finally {
            lock.unlock();
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
        return !isStopped() || flushing || lastWordsDue;
    }

    private Batch batchOf(long entry) {
        return entry < fillingStart ? inFlight : filling;
    }

    private void checkAppended(long entry) {
        if (entry < 0 || entry >= index.size() && !isStopped()) {
            throw new IllegalArgumentException("entry " + entry + " was never appended");
        }
    }
}
