package dev.wharfinger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The log in tiles (C2SP tlog-tiles), made when they are asked for: leaves are hashed from the
 * file, what is above them from one digest for 256 entries that is in memory anyway.
 */
record Tiles(OpenLog log) {
    /** Above it no tree that an index of ints can hold has a full subtree. */
    private static final int HIGHEST = 3;

    /** The tile's bytes; nothing where the log is not so large, or never will be. */
    Optional<byte[]> read(TilePath path) {
        int level = Math.max(0, path.level());
        if (level > HIGHEST || path.to() > log.commit().durable().size() >>> (8 * level)) {
            return Optional.empty();
        }
        var bytes = new ByteArrayOutputStream();
        switch (path.level()) {
            case TilePath.ENTRIES -> entries(path).forEachRemaining(entry -> put(entry, bytes));
            case 0 ->
                    entries(path).forEachRemaining(entry -> bytes.writeBytes(entry.leaf().bytes()));
            default -> {
                for (long i = path.from(); i < path.to(); i++) {
                    bytes.writeBytes(subtree(path.level(), i).bytes());
                }
            }
        }
        return Optional.of(bytes.toByteArray());
    }

    private Iterator<JournalEntry> entries(TilePath path) {
        return log.entries(path.from(), path.to(), FrameReader.SCAN_BYTES);
    }

    /** An entry of a bundle: two bytes of length, big-endian, and the entry. */
    private static void put(JournalEntry entry, ByteArrayOutputStream bytes) {
        byte[] line = entry.line().getBytes(UTF_8);
        bytes.write(line.length >>> 8);
        bytes.write(line.length);
        bytes.writeBytes(line);
    }

    /** The root over a full subtree of 256 to the power of the level entries. */
    private Digest subtree(int level, long number) {
        var tree = new Frontier();
        if (level == 1) {
            return log.commit().ask(index -> index.tile(number));
        }
        if (level == 2) {
            List<Digest> below = log.commit().ask(index -> index.tiles(number * Frontier.TILE));
            below.forEach(tree::add);
            return tree.root();
        }
        for (long i = 0; i < Frontier.TILE; i++) {
            tree.add(subtree(level - 1, number * Frontier.TILE + i));
        }
        return tree.root();
    }
}
