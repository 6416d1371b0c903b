package dev.wharfinger.workspace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.Optional;

/**
 * The portable wall, for macOS and for kernels or sandboxes without {@code openat2}: the JDK's
 * {@link SecureDirectoryStream}, one folder at a time, following no link. It is as safe against a
 * swapped folder, slower, and weaker in four ways: a mount inside the tree goes unseen; the number
 * of names is looked up by path and believed only when it is the same file's; a new file's name is
 * first taken by an empty file; and a FIFO that is swapped in for a file within microseconds could
 * make a reader wait.
 */
final class StreamWall implements Wall {
    static final String NAME = "secure-directory-stream";

    private final StreamFolder root;

    private StreamWall(StreamFolder root) {
        this.root = root;
    }

    /** The wall around this folder, or nothing where the machine has none or it does not hold. */
    static Optional<StreamWall> open(Path root) throws IOException {
        Path real = root.toRealPath();
        DirectoryStream<Path> opened = Files.newDirectoryStream(real);
        if (opened instanceof SecureDirectoryStream<Path> stream && holds()) {
            return Optional.of(new StreamWall(new StreamFolder(stream, WorkspacePath.ROOT, real)));
        }
        opened.close();
        return Optional.empty();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Folder> folder(WorkspacePath path) throws IOException {
        Folder here = root.again();
        for (String part : path.parts()) {
            Optional<Folder> next;
            try (Folder above = here) {
                next = above.folder(part);
            }
            if (next.isEmpty()) {
                return Optional.empty();
            }
            here = next.get();
        }
        return Optional.of(here);
    }

    @Override
    public Optional<OpenFile> file(WorkspacePath path) throws IOException {
        Optional<WorkspacePath> parent = path.parent();
        if (parent.isEmpty()) {
            throw PathRefused.notAFile(path);
        }
        Optional<Folder> folder = folder(parent.get());
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        try (Folder open = folder.get()) {
            return open.file(path.name());
        }
    }

    @Override
    public void close() throws IOException {
        root.close();
    }

    /** Tries the wall before it is trusted: a link to a folder must not open. */
    private static boolean holds() throws IOException {
        Path scratch = Files.createTempDirectory("wharf-wall");
        Path link = scratch.resolve("link");
        try {
            Files.createSymbolicLink(link, scratch);
            try (DirectoryStream<Path> opened = Files.newDirectoryStream(scratch)) {
                return opened instanceof SecureDirectoryStream<Path> stream && refuses(stream);
            }
        } finally {
            Files.deleteIfExists(link);
            Files.delete(scratch);
        }
    }

    private static boolean refuses(SecureDirectoryStream<Path> scratch) {
        try (var followed =
                scratch.newDirectoryStream(Path.of("link"), LinkOption.NOFOLLOW_LINKS)) {
            return followed == null;
        } catch (IOException refused) {
            return true;
        }
    }
}
