package dev.wharfinger.workspace;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What stands between a name and the file system: whatever is opened here lay beneath the root when
 * it was opened, and no link, not even one that leads back inside, was followed on the way. Both
 * walls keep the same promises and pass the same tests.
 */
sealed interface Wall extends AutoCloseable permits OpenatWall, StreamWall {
    /**
     * The best wall that this machine has around this folder.
     *
     * @throws IOException where the root is no folder, or no wall holds here
     */
    static Wall best(Path root) throws IOException {
        Optional<OpenatWall> best = OpenatWall.open(root);
        return best.isPresent() ? best.get() : portable(root);
    }

    /** The portable wall, whatever else the machine has. */
    static Wall portable(Path root) throws IOException {
        return StreamWall.open(root)
                .orElseThrow(() ->
                        new FileSystemException(
                                root.toString(),
                                null,
                                "no way to open files safely on this system"));
    }

    /** As {@code doctor} names it. */
    String name();

    /** The folder of that path, or nothing where there is none. */
    Optional<Folder> folder(WorkspacePath path) throws IOException;

    /** The file of that path, or nothing where there is none. */
    Optional<OpenFile> file(WorkspacePath path) throws IOException;

    /** The folder of that path, which must be there. */
    default Folder present(WorkspacePath path) throws IOException {
        return folder(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
    }

    @Override
    void close() throws IOException;
}
