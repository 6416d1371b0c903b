package dev.wharfinger.journal;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Lets one thread wait for the log to grow, at nearly no cost to those who let it grow. */
final class Growth {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private volatile boolean waiting;
    private boolean ended;

    /** Says that something changed. */
    void tell() {
        if (waiting) {
            lock.lock();
            try {
                told.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Says that nobody will wait any more. */
    void end() {
        lock.lock();
        try {
            ended = true;
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until this holds, and then this long for more; false when it is the end. */
    boolean await(BooleanSupplier grown, Duration more) {
        lock.lock();
        try {
            waiting = true;
            while (!ended && !grown.getAsBoolean()) {
                told.awaitUninterruptibly();
            }
            waiting = false;
            long left = more.toNanos();
            while (!ended && left > 0) {
                left = told.awaitNanos(left);
            }
            return !ended;
        } catch (InterruptedException e) {
            return false; // only the thread that waits here could be meant, and it is to end
        } finally {
            lock.unlock();
        }
    }
}
