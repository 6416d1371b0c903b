package dev.wharfinger.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * A folder's files as they were read: sorted by the bytes of their paths, each with mode and
 * content hash. Only regular files and links that stay inside; a name with a control character,
 * another kind of file, or a link that leads out is refused.
 */
record FileTree(List<Entry> entries, long bytes) {
    /** The most bytes of an artifact. */
    static final long MOST_BYTES = 1L << 30;

    /** The most files of an artifact. */
    static final int MOST_FILES = 100_000;

    private static final String DOMAIN = "wharf-artifact v1\n";

    enum Mode {
        FILE("100644"),
        PROGRAM("100755"),
        LINK("120000");

        private final String digits;

        Mode(String digits) {
            this.digits = digits;
        }
    }

    /** One file; {@code target} is a link's text. */
    record Entry(String path, Mode mode, String sha256, String target) {}

    FileTree {
        entries = List.copyOf(entries);
    }

    /** Reads and hashes the whole folder, or the one file, which is then named by its name. */
    static FileTree read(Path root) throws IOException {
        var reader = new Reader(root);
        if (Files.isRegularFile(root, LinkOption.NOFOLLOW_LINKS)) {
            reader.add(
                    String.valueOf(root.getFileName()),
                    root,
                    Files.readAttributes(root, BasicFileAttributes.class));
        } else {
            Files.walkFileTree(root, reader);
        }
        reader.found.sort(
                Comparator.comparing(
                        entry -> entry.path().getBytes(UTF_8), Arrays::compareUnsigned));
        return new FileTree(reader.found, reader.bytes);
    }

    ArtifactDigest digest() {
        var sha = sha256();
        sha.update(DOMAIN.getBytes(UTF_8));
        for (var entry : entries) {
            var line = entry.path() + "\0" + entry.mode().digits + "\0" + entry.sha256() + "\n";
            sha.update(line.getBytes(UTF_8));
        }
        return new ArtifactDigest(HexFormat.of().formatHex(sha.digest()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static final class Reader extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Entry> found = new ArrayList<>();
        private long bytes;

        Reader(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            add(root.relativize(file).toString(), file, attributes);
            return FileVisitResult.CONTINUE;
        }

        void add(String path, Path file, BasicFileAttributes attributes) throws IOException {
            if (path.chars().anyMatch(Character::isISOControl) || path.indexOf('\uFFFD') >= 0) {
                throw new IOException("a name with control characters or broken UTF-8: " + path);
            }
            if (found.size() >= MOST_FILES) {
                throw new IOException("more than " + MOST_FILES + " files");
            }
            if (attributes.isSymbolicLink()) {
                var target = Files.readSymbolicLink(file).toString();
                if (!staysInside(path, target)) {
                    throw new IOException("the link " + path + " leads out: " + target);
                }
                var hash = HexFormat.of().formatHex(sha256().digest(target.getBytes(UTF_8)));
                found.add(new Entry(path, Mode.LINK, hash, target));
            } else if (attributes.isRegularFile()) {
                bytes += attributes.size();
                if (bytes > MOST_BYTES) {
                    throw new IOException("more than " + MOST_BYTES + " bytes");
                }
                found.add(new Entry(path, mode(file), hash(file), ""));
            } else {
                throw new IOException("neither a file nor a folder: " + path);
            }
        }

        /** Only leading .. count, so that no link on the way can turn a later .. into an exit. */
        private static boolean staysInside(String path, String target) {
            if (target.isEmpty() || target.startsWith("/")) {
                return false;
            }
            int depth = path.split("/").length - 1;
            boolean below = false;
            for (var part : target.split("/")) {
                if (part.equals("..")) {
                    if (below || --depth < 0) {
                        return false;
                    }
                } else {
                    below |= !part.equals(".");
                }
            }
            return true;
        }

        private static Mode mode(Path file) throws IOException {
            var modes = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            return modes.contains(PosixFilePermission.OWNER_EXECUTE) ? Mode.PROGRAM : Mode.FILE;
        }

        private static String hash(Path file) throws IOException {
            var sha = sha256();
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
                    var hashing = new DigestInputStream(in, sha)) {
                hashing.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(sha.digest());
        }
    }
}
