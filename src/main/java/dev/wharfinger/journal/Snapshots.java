package dev.wharfinger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The file of the last snapshot: six lines (what it is, the log's name, size, end, root, seal), a
 * NUL, and the bytes. The seal covers everything else. It is a cache of this log's own, so it is
 * sealed and not signed: what opens it is what made it.
 */
final class Snapshots {
    private static final String FIRST_LINE = "wharfinger-snapshot/v2";
    private static final int LINES = 6;

    private final Disk disk;
    private final Path file;
    private final String name;
    private final Seal seal;

    /**
     * One that bears our seal: made of the entries before the byte {@code end}, under this root.
     */
    record Sealed(Snapshot snapshot, long end, Digest root) {}

    Snapshots(Disk disk, Path file, NoteSigner key) {
        this.disk = disk;
        this.file = file;
        this.name = key.verifier().name();
        this.seal = key.seal(FIRST_LINE);
    }

    void keep(long size, long end, Digest root, byte[] fold) throws IOException {
        byte[] head = head(size, end, root.base64());
        byte[] mark = (seal.over(head, fold) + "\n").getBytes(UTF_8);
        disk.replace(
                file,
                ByteBuffer.allocate(head.length + mark.length + 1 + fold.length)
                        .put(head)
                        .put(mark)
                        .put((byte) 0)
                        .put(fold)
                        .array());
    }

    /** The snapshot, if it bears our seal; what cannot be trusted is as if it were not there. */
    Optional<Sealed> load() throws IOException {
        Optional<byte[]> kept = disk.read(file);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = kept.get();
        int split = 0;
        while (split < bytes.length && bytes[split] != 0) {
            split++;
        }
        String[] lines = new String(bytes, 0, split, UTF_8).split("\n", -1);
        if (split == bytes.length
                || lines.length != LINES + 1
                || !isCount(lines[2])
                || !isCount(lines[3])) {
            return Optional.empty();
        }
        byte[] fold = Arrays.copyOfRange(bytes, split + 1, bytes.length);
        long size = Long.parseLong(lines[2]);
        long end = Long.parseLong(lines[3]);
        byte[] head = head(size, end, lines[4]);
        String text = new String(head, UTF_8) + lines[5] + "\n";
        boolean ours =
                text.equals(new String(bytes, 0, split, UTF_8)) && seal.holds(lines[5], head, fold);
        return ours
                ? Optional.of(new Sealed(new Snapshot(size, fold), end, Digest.ofBase64(lines[4])))
                : Optional.empty();
    }

    private static boolean isCount(String text) {
        boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits
                && !text.isEmpty()
                && text.length() < 19
                && (text.length() == 1 || text.charAt(0) != '0');
    }

    private byte[] head(long size, long end, String root) {
        return (FIRST_LINE + "\n" + name + "\n" + size + "\n" + end + "\n" + root + "\n")
                .getBytes(UTF_8);
    }
}
