package dev.wharfinger.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Frames that one flush will make durable, and who waits for it. Guarded by the log's lock. */
final class Batch {
    private static final int SMALLEST = 64 * 1024;
    private static final int LARGEST = 8 * 1024 * 1024;

    private ByteBuffer frames = ByteBuffer.allocateDirect(SMALLEST);
    private final List<Runnable> callbacks = new ArrayList<>();
    private List<Waiter> waiters = new ArrayList<>();
    private long sinceNanos;

    /**
     * One blocked thread. It is woken because its entry is durable, to lead the next flush, or to
     * fail.
     */
    static final class Waiter {
        enum Call {
            NONE,
            RETURN,
            LEAD
        }

        private final Thread thread = Thread.currentThread();
        private volatile Call call = Call.NONE;

        static Waiter called(Call call) {
            var waiter = new Waiter();
            waiter.call = call;
            return waiter;
        }

        /** Waits to be called; an interrupt is kept for the caller. */
        Call await() {
            boolean interrupted = false;
            while (call == Call.NONE) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                thread.interrupt();
            }
            return call;
        }

        void wake(Call why) {
            call = why;
            LockSupport.unpark(thread);
        }
    }

    boolean isEmpty() {
        return frames.position() == 0;
    }

    /** Whether somebody waits for it. */
    boolean isWanted() {
        return !waiters.isEmpty() || !callbacks.isEmpty();
    }

    long ageNanos() {
        return System.nanoTime() - sinceNanos;
    }

    boolean hasRoom(int entryLength) {
        return frames.position() + Frame.HEADER + entryLength <= LARGEST;
    }

    void put(long index, byte[] entry) {
        int needed = frames.position() + Frame.HEADER + entry.length;
        if (needed > frames.capacity()) {
            int larger = Math.min(LARGEST, Math.max(needed, frames.capacity() * 2));
            frames = ByteBuffer.allocateDirect(larger).put(frames.flip());
        }
        if (isEmpty()) {
            sinceNanos = System.nanoTime();
        }
        Frame.put(frames, index, entry);
    }

    Waiter wait(Waiter waiter) {
        waiters.add(waiter);
        return waiter;
    }

    void then(Runnable callback) {
        callbacks.add(callback);
    }

    /** A blocked platform thread, taken off the list. Virtual ones must not lead: a flush pins. */
    Optional<Waiter> takeLeader() {
        for (int i = waiters.size() - 1; i >= 0; i--) {
            if (!waiters.get(i).thread.isVirtual()) {
                return Optional.of(waiters.remove(i));
            }
        }
        return Optional.empty();
    }

    ByteBuffer frames() {
        return frames.duplicate().flip();
    }

    List<Waiter> takeWaiters() {
        List<Waiter> taken = waiters;
        waiters = new ArrayList<>();
        return taken;
    }

    List<Runnable> takeCallbacks() {
        List<Runnable> taken = List.copyOf(callbacks);
        callbacks.clear();
        return taken;
    }

    void clear() {
        frames.clear();
    }
}
