package dev.wharfinger.workspace;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * What stands between a name and the file system: whatever is opened here lay beneath the root when
 * it was opened, and no link, not even one that leads back inside, was followed on the way. Both
 * walls keep the same promises and pass the same tests.
 */
sealed interface Wall extends AutoCloseable permits OpenatWall, StreamWall {
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
