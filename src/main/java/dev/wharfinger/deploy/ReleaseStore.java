package dev.wharfinger.deploy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Folders named by the digest of what they hold, read-only once they have that name. A crash leaves
 * at most a folder with a staging name, which nobody takes for a release.
 */
final class ReleaseStore {
    private static final String STAGING = ".staging-";

    private final Path folder;

    ReleaseStore(Path folder) {
        this.folder = folder;
    }

    Path folder(ArtifactDigest digest) {
        return folder.resolve(digest.hex());
    }

    /** What really lies under that digest; empty where nothing does. */
    Optional<FileTree> read(ArtifactDigest digest) throws IOException {
        var at = folder(digest);
        return Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(FileTree.read(at))
                : Optional.empty();
    }

    /** Whether exactly these bytes lie here. */
    boolean holds(ArtifactDigest digest) throws IOException {
        try {
            return read(digest).filter(tree -> tree.digest().equals(digest)).isPresent();
        } catch (java.nio.file.NoSuchFileException changing) {
            return false;
        }
    }

    /** All digests that have a folder here. */
    List<ArtifactDigest> all() throws IOException {
        var found = new ArrayList<ArtifactDigest>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (var entries = Files.newDirectoryStream(folder)) {
            for (var entry : entries) {
                var name = String.valueOf(entry.getFileName());
                if (name.matches("[0-9a-f]{64}")) {
                    found.add(new ArtifactDigest(name));
                }
            }
        }
        found.sort((one, other) -> one.hex().compareTo(other.hex()));
        return found;
    }

    /**
     * Copies what lies there into this store, under its digest, durable and read-only. A folder
     * that already has that name is verified instead and never touched.
     *
     * @param key keeps the staging folders of two callers apart
     * @throws IOException also where the bytes changed meanwhile, or the name is taken by others
     */
    FileTree add(Path from, String key) throws IOException {
        var tree = FileTree.read(from);
        var digest = tree.digest();
        DurableFiles.makeFolder(folder);
        if (!Files.exists(folder(digest), LinkOption.NOFOLLOW_LINKS)) {
            var staging = folder.resolve(STAGING + key);
            deleteTree(staging);
            copy(tree, from, staging);
            if (!FileTree.read(staging).digest().equals(digest)) {
                throw new IOException("the files changed while they were copied: " + from);
            }
            publish(staging, digest);
        }
        if (!holds(digest)) {
            throw new IOException(
                    folder(digest) + " does not hold what its name says; somebody changed it");
        }
        return tree;
    }

    void remove(ArtifactDigest digest) throws IOException {
        var going = folder.resolve(STAGING + digest.hex());
        deleteTree(going);
        // First out of the way in one move: a half deleted release must not keep its name.
        Files.move(folder(digest), going, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.syncFolder(folder);
        deleteTree(going);
    }

    /** Deletes what interrupted copies left behind. Nobody may be copying. */
    void sweep() throws IOException {
        try (var entries = Files.newDirectoryStream(folder, STAGING + "*")) {
            for (var entry : entries) {
                deleteTree(entry);
            }
        }
    }

    private void publish(Path staging, ArtifactDigest digest) throws IOException {
        try {
            Files.move(staging, folder(digest), StandardCopyOption.ATOMIC_MOVE);
        } catch (java.nio.file.FileSystemException taken) {
            if (!Files.isDirectory(folder(digest), LinkOption.NOFOLLOW_LINKS)) {
                throw taken;
            }
            // Somebody else staged the same bytes a moment before: theirs is verified below.
            deleteTree(staging);
        }
        DurableFiles.syncFolder(folder);
    }

    private static void copy(FileTree tree, Path from, Path to) throws IOException {
        Files.createDirectory(to);
        boolean single = Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS);
        for (var entry : tree.entries()) {
            var source = single ? from : from.resolve(entry.path());
            var target = to.resolve(entry.path());
            var parent = target.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (entry.mode() == FileTree.Mode.LINK) {
                Files.createSymbolicLink(target, Path.of(entry.target()));
            } else {
                copyFile(source, target, entry.mode() == FileTree.Mode.PROGRAM);
            }
        }
        Files.walkFileTree(to, new Sealing());
    }

    private static void copyFile(Path source, Path target, boolean program) throws IOException {
        try (var in = Files.newInputStream(source, LinkOption.NOFOLLOW_LINKS);
                var out =
                        FileChannel.open(
                                target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            in.transferTo(java.nio.channels.Channels.newOutputStream(out));
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString(program ? "r-xr-xr-x" : "r--r--r--"));
            out.force(true);
        }
    }

    static void deleteTree(Path root) throws IOException {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(root, new Deleting());
        }
    }

    /** Makes every folder durable, then read-only. */
    private static final class Sealing extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult postVisitDirectory(
                Path dir, java.io.@org.jspecify.annotations.Nullable IOException failed)
                throws IOException {
            if (failed != null) {
                throw failed;
            }
            DurableFiles.syncFolder(dir);
            Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("r-xr-xr-x"));
            return FileVisitResult.CONTINUE;
        }
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
                throws IOException {
            Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(
                Path dir, java.io.@org.jspecify.annotations.Nullable IOException failed)
                throws IOException {
            if (failed != null) {
                throw failed;
            }
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
        }
    }
}
