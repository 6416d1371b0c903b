package dev.wharfinger.cli;

import dev.wharfinger.journal.Checkpoint;
import dev.wharfinger.journal.Digest;
import dev.wharfinger.journal.Journal;
import dev.wharfinger.journal.JournalEntry;
import dev.wharfinger.journal.Snapshot;
import dev.wharfinger.journal.TilePath;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real journal that dies at one entry: with it written or not, and from then on nothing is. What
 * it throws is no exception that anybody handles.
 */
final class MortalJournal implements Journal {
    private final Journal real;
    private final int death;
    private final boolean written;
    private int entries;
    private volatile boolean dead;

    MortalJournal(Journal real, int death, boolean written) {
        this.real = real;
        this.death = death;
        this.written = written;
    }

    /** The end of the process, as seen from inside it. */
    static final class Killed extends Error {
        Killed() {
            super("killed", null, false, false);
        }
    }

    boolean isDead() {
        return dead;
    }

    int entries() {
        return entries;
    }

    @Override
    public synchronized long append(String line) {
        alive();
        entries++;
        if (entries == death) {
            dead = true;
            if (written) {
                real.awaitDurable(real.append(line));
            }
            throw new Killed();
        }
        return real.append(line);
    }

    private void alive() {
        if (dead) {
            throw new Killed();
        }
    }

    @Override
    public void awaitDurable(long index) {
        alive();
        real.awaitDurable(index);
    }

    @Override
    public void whenDurable(long index, Runnable then) {
        real.whenDurable(index, then);
    }

    @Override
    public void onStopped(Runnable then) {
        real.onStopped(then);
    }

    @Override
    public boolean stopped() {
        return real.stopped();
    }

    @Override
    public long size() {
        return real.size();
    }

    @Override
    public long durableSize() {
        return real.durableSize();
    }

    @Override
    public JournalEntry entry(long index) {
        return real.entry(index);
    }

    @Override
    public Stream<JournalEntry> from(long index) {
        return real.from(index);
    }

    @Override
    public Checkpoint checkpoint() {
        return real.checkpoint();
    }

    @Override
    public Checkpoint sign() {
        return real.sign();
    }

    @Override
    public Digest root(long size) {
        return real.root(size);
    }

    @Override
    public Optional<byte[]> tile(TilePath path) {
        return real.tile(path);
    }

    @Override
    public String origin() {
        return real.origin();
    }

    @Override
    public String vkey() {
        return real.vkey();
    }

    @Override
    public void keepSnapshot(long size, byte[] fold) {
        real.keepSnapshot(size, fold);
    }

    @Override
    public Optional<Snapshot> snapshot() {
        return real.snapshot();
    }

    @Override
    public void close() {
        real.close();
    }
}
