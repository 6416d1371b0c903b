package dev.wharfinger.journal;

import java.util.Optional;

/**
 * What a first look at a journal found: every checksum behind the snapshot holds, up to {@code
 * size}. What lies before it, and all that was signed, is compared later. Without a key there was
 * no journal here.
 */
record Found(
        EntryFile file,
        Optional<NoteSigner> key,
        Optional<Checkpoint> checkpoint,
        long size,
        Optional<Snapshots.Sealed> ahead) {

    static Found nothing(EntryFile file) {
        return new Found(file, Optional.empty(), Optional.empty(), 0, Optional.empty());
    }

    /** State may have been made of the snapshot by now: if the log was never like it, we stop. */
    void requireRoot(EntryIndex soFar) throws JournalRefused {
        boolean wrong =
                ahead.filter(sealed -> sealed.snapshot().size() == soFar.size())
                        .filter(sealed ->
                                sealed.end() != soFar.end()
                                        || !sealed.root().equals(soFar.frontier().root()))
                        .isPresent();
        if (wrong) {
            throw refused(soFar.size());
        }
    }

    /** A snapshot is made of what is durable: a log that ends before it has lost entries. */
    void requireReached(long logSize) throws JournalRefused {
        if (ahead.filter(sealed -> sealed.snapshot().size() > logSize).isPresent()) {
            throw refused(logSize);
        }
    }

    private static JournalRefused refused(long size) {
        return new JournalRefused(
                "the journal is not the one of which its snapshot was made: look at entry " + size,
                Opening.RESTORE);
    }
}
