package dev.wharfinger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The file of the last snapshot: a signed note over size, root and SHA-256 of the bytes, a NUL, and
 * the bytes. The note's first line differs from every checkpoint's, so neither passes for the
 * other.
 */
final class Snapshots {
    private static final String FIRST_LINE = "wharfinger-snapshot/v1";

    private final Disk disk;
    private final Path file;
    private final NoteSigner key;

    /** The root over the first entries of the log that is open. */
    interface Roots {
        Digest rootAt(long size) throws IOException;
    }

    Snapshots(Disk disk, Path file, NoteSigner key) {
        this.disk = disk;
        this.file = file;
        this.key = key;
    }

    void keep(long size, Digest root, byte[] fold) throws IOException {
        byte[] note = key.sign(body(size, root.base64(), fold)).getBytes(UTF_8);
        disk.replace(
                file,
                ByteBuffer.allocate(note.length + 1 + fold.length)
                        .put(note)
                        .put((byte) 0)
                        .put(fold)
                        .array());
    }

    /** The snapshot, if our key signed it over a state that this log has been in. */
    Optional<Snapshot> load(long logSize, Roots roots) throws IOException {
        Optional<byte[]> kept = disk.read(file);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = kept.get();
        int split = 0;
        while (split < bytes.length && bytes[split] != 0) {
            split++;
        }
        if (split == bytes.length) {
            return Optional.empty();
        }
        byte[] fold = Arrays.copyOfRange(bytes, split + 1, bytes.length);
        try {
            SignedNote note = SignedNote.parse(new String(bytes, 0, split, UTF_8));
            List<String> lines = note.body().lines().toList();
            if (lines.size() != 5 || !lines.get(2).matches("0|[1-9][0-9]{0,17}")) {
                return Optional.empty();
            }
            long size = Long.parseLong(lines.get(2));
            boolean ours =
                    size <= logSize
                            && note.body().equals(body(size, lines.get(3), fold))
                            && note.isSignedBy(key.verifier())
                            && roots.rootAt(size).base64().equals(lines.get(3));
            return ours ? Optional.of(new Snapshot(size, fold)) : Optional.empty();
        } catch (NoteUnreadable e) {
            return Optional.empty(); // a cache that cannot be trusted is one that is not there
        }
    }

    private String body(long size, String root, byte[] fold) {
        return FIRST_LINE
                + "\n"
                + key.verifier().name()
                + "\n"
                + size
                + "\n"
                + root
                + "\n"
                + Digest.sha256(fold).base64()
                + "\n";
    }
}
