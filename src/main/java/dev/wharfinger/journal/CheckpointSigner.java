package dev.wharfinger.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Signs what has become durable: when asked, and by itself a moment after the log has grown, never
 * once a flush. What it signed is stored before anybody sees it.
 */
final class CheckpointSigner {
    private final NoteSigner key;
    private final CheckpointStore store;
    private final Disk disk;
    private final GroupCommit commit;
    private final Growth growth;
    private final Duration after;
    private final Thread thread;
    private volatile Checkpoint last;

    CheckpointSigner(
            Opening.Opened opened,
            CheckpointStore store,
            Disk disk,
            GroupCommit commit,
            Growth growth,
            Duration after) {
        this.key = opened.key();
        this.last = opened.checkpoint();
        this.store = store;
        this.disk = disk;
        this.commit = commit;
        this.growth = growth;
        this.after = after;
        this.thread = Thread.ofPlatform().name("journal-sign").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    Checkpoint last() {
        return last;
    }

    /** Signs and stores, if the log has grown since. A failure stops the journal. */
    synchronized Checkpoint sign() {
        Frontier tree = commit.durable();
        if (tree.size() == last.size()) {
            return last;
        }
        try {
            Checkpoint next = make(key, tree);
            store.swap(Optional.of(last.note()), next);
            last = next;
            return next;
        } catch (IOException e) {
            var why = new JournalStopped("no checkpoint can be stored: " + e.getMessage(), e);
            commit.stop(why, disk.isFull(e));
            throw why;
        } catch (RuntimeException e) {
            commit.stop(new JournalStopped("no checkpoint can be signed: " + e, e), false);
            throw e;
        }
    }

    /** Ends the timer. */
    void close() {
        growth.end();
    }

    static Checkpoint make(NoteSigner key, Frontier tree) {
        String origin = key.verifier().name();
        Digest root = tree.root();
        String note = key.sign(Checkpoint.body(origin, tree.size(), root));
        return new Checkpoint(origin, tree.size(), root, note);
    }

    private void run() {
        while (growth.await(() -> commit.durable().size() > last.size(), after)) {
            try {
                sign();
            } catch (RuntimeException e) {
                return; // the journal has stopped and told its listeners why
            }
        }
    }
}
