package dev.wharfinger.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The few file operations on which the journal rests, so that tests can break each of them. An
 * operation is durable only after the {@code force} that covers it; a rename only after the {@code
 * forceFolder} of its folder.
 */
interface Disk {
    /** All bytes of a small file; empty when there is none. */
    Optional<byte[]> read(Path file) throws IOException;

    /**
     * Opens for reading and writing; makes the file when it is not there, for this user's eyes
     * only.
     */
    DiskFile open(Path file) throws IOException;

    /** Opens an existing file for reading only. */
    DiskFile openToRead(Path file) throws IOException;

    /** Puts a file into another's place, at once and entirely. */
    void rename(Path from, Path to) throws IOException;

    /** Removes a file if it is there. */
    void delete(Path file) throws IOException;

    /** Makes a folder and its parents, for this user's eyes only. */
    void createFolder(Path folder) throws IOException;

    /** Makes durable which files a folder has. */
    void forceFolder(Path folder) throws IOException;

    /** Whether users other than the owner can read or write this file. */
    boolean isShared(Path file) throws IOException;

    /** Whether this failure means that there is no room left. */
    boolean isFull(IOException failure);

    /** Writes a small file so that after a crash it is the old one or the new one, never a part. */
    default void replace(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try (DiskFile written = open(temporary)) {
            written.truncate(0);
            written.write(ByteBuffer.wrap(bytes), 0);
            written.force(true);
        }
        rename(temporary, file);
        forceFolder(parent(file));
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no folder");
        }
        return parent;
    }
}
