package dev.wharfinger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

/** One leaf of the log: the text that was appended, never rebuilt from an object. */
public record JournalEntry(long index, String line) {
    /** The most bytes that an entry may have; larger content stands in it by its SHA-256. */
    public static final int MAX_BYTES = 16 * 1024;

    /**
     * Order is the index; the time inside the line is only a claim, so a clock set back breaks
     * nothing.
     */
    public Digest leaf() {
        return Digest.ofLeaf(line.getBytes(UTF_8));
    }
}
