package dev.wharfinger.journal;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * A growing Merkle tree (RFC 6962) reduced to what its root needs: for each bit set in the size the
 * root of one complete subtree. Adding a leaf costs one node hash on average, the root at most one
 * a level. Not safe for several threads.
 */
final class Frontier {
    /** Leaves of a full tile of the lowest level, as in C2SP tlog-tiles. */
    static final int TILE = 256;

    private static final int TILE_LEVEL = 8;

    private final @Nullable Digest[] peaks;
    private @Nullable Hasher hasher; // made when it grows: most copies never do
    private long size;
    private @Nullable Digest lastTile;

    Frontier() {
        this(new Digest[Long.SIZE], 0);
    }

    private Frontier(@Nullable Digest[] peaks, long size) {
        this.peaks = peaks;
        this.size = size;
    }

    Frontier copy() {
        return new Frontier(peaks.clone(), size);
    }

    long size() {
        return size;
    }

    void add(Digest leaf) {
        raise(0, leaf);
        size++;
    }

    /** Adds 256 leaves at once by the root over them; only where a tile begins. */
    void addTile(Digest tile) {
        if (size % TILE != 0) {
            throw new IllegalStateException("no tile begins at " + size);
        }
        raise(TILE_LEVEL, tile);
        size += TILE;
    }

    /** The root over the last 256 leaves; only where a tile has just ended. */
    Digest lastTile() {
        if (size == 0 || size % TILE != 0) {
            throw new IllegalStateException("no tile ends at " + size);
        }
        return Objects.requireNonNull(lastTile);
    }

    Digest root() {
        var own = new Hasher(); // a tree that does not grow may be asked by any thread
        @Nullable Digest root = null;
        for (int level = 0; size >>> level != 0; level++) {
            if ((size >>> level & 1) == 1) {
                root = root == null ? peak(level) : own.node(peak(level), root);
            }
        }
        return root == null ? Digest.EMPTY_ROOT : root;
    }

    private void raise(int from, Digest subtree) {
        Hasher nodes = hasher == null ? new Hasher() : hasher;
        hasher = nodes;
        Digest raised = subtree;
        int level = from;
        while (true) {
            if (level == TILE_LEVEL) {
                lastTile = raised; // it may be merged with its left neighbours at once
            }
            if ((size >>> level & 1) == 0) {
                peaks[level] = raised;
                return;
            }
            raised = nodes.node(peak(level), raised);
            level++;
        }
    }

    private Digest peak(int level) {
        Digest peak = peaks[level];
        if (peak == null) {
            throw new IllegalStateException("no subtree on level " + level);
        }
        return peak;
    }
}
