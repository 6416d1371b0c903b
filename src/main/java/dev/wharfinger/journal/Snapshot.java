package dev.wharfinger.journal;

import java.util.Arrays;

/**
 * What somebody made of the first {@code size} entries, as opaque bytes. It is a cache: whoever
 * loads it must be able to do without it, and folds the entries from {@code size} on.
 */
public record Snapshot(long size, byte[] fold) {
    public Snapshot {
        fold = fold.clone();
    }

    @Override
    public byte[] fold() {
        return fold.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot(var otherSize, var otherFold)
                && size == otherSize
                && Arrays.equals(fold, otherFold);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(size) * 31 + Arrays.hashCode(fold);
    }

    @Override
    public String toString() {
        return "snapshot of " + size + " entries, " + fold.length + " bytes";
    }
}
