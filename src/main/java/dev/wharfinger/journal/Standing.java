package dev.wharfinger.journal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Whether a log still takes entries, and who wants to know when it does not. It stops once and for
 * ever. Changed only under the log's lock; asked by any thread.
 */
final class Standing {
    private volatile @Nullable JournalStopped why;
    private List<Runnable> listeners = new ArrayList<>();

    boolean isStopped() {
        return why != null;
    }

    /** Only the first reason counts. Whether this was it. */
    boolean stop(JournalStopped reason) {
        if (why != null) {
            return false;
        }
        why = reason;
        return true;
    }

    void refuseWhenStopped() {
        if (why != null) {
            throw refusal();
        }
    }

    /** For one caller: the reason, with that caller's own stack. */
    JournalStopped refusal() {
        JournalStopped reason = Objects.requireNonNull(why);
        return new JournalStopped(String.valueOf(reason.getMessage()), reason);
    }

    void listen(Runnable then) {
        listeners.add(then);
    }

    List<Runnable> takeListeners() {
        List<Runnable> taken = listeners;
        listeners = new ArrayList<>();
        return taken;
    }
}
