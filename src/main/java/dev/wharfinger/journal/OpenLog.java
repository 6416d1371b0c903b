package dev.wharfinger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** A log of which everything is verified: what appends to it, signs it and keeps its snapshots. */
record OpenLog(
        EntryFile file,
        GroupCommit commit,
        CheckpointSigner signer,
        Snapshots snapshots,
        NoteVerifier verifier) {
    /** What it stands on. */
    record Places(
            Disk disk,
            StateFolder state,
            CheckpointStore store,
            InstantSource clock,
            Duration signAfter) {}

    /** Begins to write, first of all about what had to be cut; on a full disk, does not begin. */
    static OpenLog start(Places places, Opening.Opened opened) throws IOException {
        var growth = new Growth();
        var writer = new BatchWriter(places.disk, opened.file(), () -> diskFull(places.clock));
        var commit = new GroupCommit(writer, opened.index(), growth::tell);
        var signer =
                new CheckpointSigner(
                        opened, places.store, places.disk, commit, growth, places.signAfter);
        var snapshots = new Snapshots(places.disk, places.state.snapshot(), opened.key());
        var log = new OpenLog(opened.file(), commit, signer, snapshots, opened.key().verifier());
        commit.start();
        signer.start();
        if (opened.full().isPresent()) {
            commit.stop(opened.full().get(), false);
            return log;
        }
        try {
            for (String line : opened.cuts()) {
                byte[] entry = line.getBytes(UTF_8);
                commit.awaitDurable(commit.append(entry, Digest.ofLeaf(entry)));
            }
            if (!opened.cuts().isEmpty()) {
                places.disk.delete(places.state.cut());
            }
            return log;
        } catch (IOException | RuntimeException e) {
            signer.close();
            commit.close();
            throw e;
        }
    }

    EntryCursor entries(long from, long to, int chunk) {
        return new EntryCursor(
                new FrameReader(file.file(), from, commit.ask(index -> index.start(from)), chunk),
                to);
    }

    void keepSnapshot(long size, byte[] fold) {
        if (size > 0) {
            commit.awaitDurable(size - 1);
        }
        try {
            long end = commit.ask(index -> index.start(size));
            snapshots.keep(size, end, rootAt(size), fold);
        } catch (IOException e) {
            var why = new JournalStopped("no snapshot can be stored: " + e.getMessage(), e);
            commit.stop(why, false);
            throw why;
        }
    }

    Optional<Snapshot> snapshot() {
        try {
            Optional<Snapshots.Sealed> sealed = snapshots.load();
            boolean ours =
                    sealed.isPresent()
                            && sealed.get().snapshot().size() <= commit.durable().size()
                            && rootAt(sealed.get().snapshot().size()).equals(sealed.get().root());
            return ours ? sealed.map(Snapshots.Sealed::snapshot) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Flushes and, if nothing has failed, signs a last time. */
    void close() {
        boolean healthy = !commit.isStopped();
        signer.close();
        commit.close();
        if (healthy) {
            signer.sign();
        }
    }

    Digest rootAt(long size) {
        Frontier tree = commit.ask(index -> index.tilesWithin(size));
        if (tree.size() < size) {
            entries(tree.size(), size, FrameReader.SCAN_BYTES)
                    .forEachRemaining(entry -> tree.add(entry.leaf()));
        }
        return tree.root();
    }

    private static byte[] diskFull(InstantSource clock) {
        String line =
                "{\"at\":\""
                        + clock.instant()
                        + "\",\"type\":\"journal.disk-full\",\"principal\":\"wharfinger\"}";
        return line.getBytes(UTF_8);
    }
}
