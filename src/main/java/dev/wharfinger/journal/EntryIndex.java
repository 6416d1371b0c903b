package dev.wharfinger.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where each entry lies and what the tree over them is: the part of a log that is kept in memory.
 * Eight bytes an entry and one digest for 256. Not safe for several threads.
 */
final class EntryIndex {
    private Frontier frontier = new Frontier();
    private final List<Digest> tiles = new ArrayList<>();
    private long[] ends = new long[1024];

    long size() {
        return frontier.size();
    }

    /** The byte at which this entry begins; for the size itself, where the next one will. */
    long start(long index) {
        return index == 0 ? 0 : ends[Math.toIntExact(index - 1)];
    }

    long end() {
        return start(size());
    }

    void add(Digest leaf, int entryLength) {
        int at = Math.toIntExact(size());
        if (at == ends.length) {
            ends = Arrays.copyOf(ends, at * 2);
        }
        ends[at] = end() + Frame.HEADER + entryLength;
        frontier.add(leaf);
        if (frontier.size() % Frontier.TILE == 0) {
            tiles.add(frontier.lastTile());
        }
    }

    /** Forgets the entries behind those that this tree covers. */
    void rewind(Frontier to) {
        frontier = to.copy();
        while (tiles.size() > to.size() / Frontier.TILE) {
            tiles.removeLast();
        }
    }

    /** The tree as it is now, to be kept. */
    Frontier frontier() {
        return frontier.copy();
    }

    /** The root over the 256 entries of this full tile. */
    Digest tile(long number) {
        return tiles.get(Math.toIntExact(number));
    }

    /** Those of 256 full tiles from this one on. */
    List<Digest> tiles(long from) {
        int first = Math.toIntExact(from);
        return List.copyOf(tiles.subList(first, first + Frontier.TILE));
    }

    /** The tree over the full tiles within the first {@code size} entries. */
    Frontier tilesWithin(long size) {
        var within = new Frontier();
        for (Digest tile : tiles.subList(0, Math.toIntExact(size / Frontier.TILE))) {
            within.addTile(tile);
        }
        return within;
    }
}
