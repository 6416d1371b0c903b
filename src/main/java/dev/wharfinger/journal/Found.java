package dev.wharfinger.journal;

import java.util.Optional;

/**
 * What a first look at a journal found: every checksum holds up to {@code size}. Nothing is yet
 * compared with what was signed. Without a key there was no journal here.
 */
record Found(
        EntryFile file,
        Optional<NoteSigner> key,
        Optional<Checkpoint> checkpoint,
        long size,
        Optional<Ahead> ahead) {

    /**
     * A snapshot with our seal, and the byte where the entries behind it begin. That the log once
     * had its root is verified with everything else.
     */
    record Ahead(Snapshots.Sealed sealed, long start) {}

    static Found nothing(EntryFile file) {
        return new Found(file, Optional.empty(), Optional.empty(), 0, Optional.empty());
    }

    /** State may have been made of the snapshot by now: if the log was never like it, we stop. */
    void requireRoot(EntryIndex soFar) throws JournalRefused {
        boolean wrong =
                ahead.map(Ahead::sealed)
                        .filter(sealed -> sealed.snapshot().size() == soFar.size())
                        .filter(sealed -> !sealed.root().equals(soFar.frontier().root()))
                        .isPresent();
        if (wrong) {
            throw new JournalRefused(
                    "the journal is not the one of which its snapshot was made at "
                            + soFar.size()
                            + " entries",
                    Opening.RESTORE);
        }
    }
}
