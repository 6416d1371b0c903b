package dev.wharfinger.server;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of bodies may be held at once, over all connections of one endpoint. */
final class Bodies {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    Bodies(long most) {
        this.most = most;
    }

    /** Takes room for so many bytes; false where there is none, and then nothing was taken. */
    boolean take(int bytes) {
        if (held.addAndGet(bytes) <= most) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void give(int bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
