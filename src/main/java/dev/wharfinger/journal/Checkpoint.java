package dev.wharfinger.journal;

import java.util.List;

/**
 * What the log had grown to when it was signed: a <a href="https://c2sp.org/tlog-checkpoint">C2SP
 * checkpoint</a>. {@code note} is the signed note as it was written, byte for byte; whoever wants
 * to trust the other components verifies it.
 */
public record Checkpoint(String origin, long size, Digest root, String note) {
    public Checkpoint {
        if (size < 0) {
            throw new IllegalArgumentException("a log cannot have " + size + " entries");
        }
    }

    /** The three lines that a signature covers, with the last line feed. */
    public static String body(String origin, long size, Digest root) {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    /**
     * The checkpoint in a signed note. Says nothing about its signatures.
     *
     * @throws NoteUnreadable when this is not a note, or not of a checkpoint
     */
    public static Checkpoint parse(String note) throws NoteUnreadable {
        String body = SignedNote.parse(note).body();
        List<String> lines = body.lines().toList();
        if (lines.size() < 3) {
            throw new NoteUnreadable("a checkpoint has three lines: origin, size, root");
        }
        if (lines.getFirst().isEmpty()) {
            throw new NoteUnreadable("the origin is empty");
        }
        if (!lines.get(1).matches("0|[1-9][0-9]{0,17}")) {
            throw new NoteUnreadable("`" + lines.get(1) + "` is not a size");
        }
        try {
            Digest root = Digest.ofBase64(lines.get(2));
            if (!root.base64().equals(lines.get(2))) {
                throw new NoteUnreadable("the root is not written as Base64 is");
            }
            return new Checkpoint(lines.getFirst(), Long.parseLong(lines.get(1)), root, note);
        } catch (IllegalArgumentException e) {
            throw new NoteUnreadable("`" + lines.get(2) + "` is not a root: " + e.getMessage());
        }
    }
}
