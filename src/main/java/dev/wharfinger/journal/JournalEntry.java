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

    /**
     * The bytes of a line that can be an entry.
     *
     * @throws IllegalArgumentException where it cannot
     */
    static byte[] bytes(String line) {
        byte[] entry = line.getBytes(UTF_8);
        if (entry.length == 0 || entry.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "an entry has 1 to " + MAX_BYTES + " bytes, not " + entry.length);
        }
        if (line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("an entry is one line");
        }
        if (hasHalfPair(line)) {
            throw new IllegalArgumentException("an entry has no half of a surrogate pair");
        }
        return entry;
    }

    /** Such text has no UTF-8 form: what would be read back is not what was appended. */
    private static boolean hasHalfPair(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (Character.isSurrogate(line.charAt(i))) {
                int pair = line.codePointAt(i);
                if (pair <= Character.MAX_VALUE) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
