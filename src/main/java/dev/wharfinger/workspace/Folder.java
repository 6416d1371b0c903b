package dev.wharfinger.workspace;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * An open folder. It stays the same folder when its path is given to another one; every name here
 * is one part, looked up in this folder and nowhere else.
 */
sealed interface Folder extends AutoCloseable permits OpenatFolder, StreamFolder {
    /** One name in a folder and what stands under it. */
    record Named(String name, Facts.Kind kind) {}

    /** The path by which it was opened. */
    WorkspacePath path();

    /** Equal for the same folder, however it was reached. */
    Object key() throws IOException;

    /** What stands under the name, or nothing. */
    Optional<Facts> facts(String name) throws IOException;

    /** The regular file of that name, opened for reading. */
    Optional<OpenFile> file(String name) throws IOException;

    /** The folder of that name. */
    Optional<Folder> folder(String name) throws IOException;

    /** All names, in no order; those that are not UTF-8 are left out. */
    List<Named> names(int limit) throws IOException;

    /** What the link of that name says, or nothing where there is no link. */
    Optional<byte[]> linkText(String name) throws IOException;

    /** Makes a folder; where the name is taken already, nothing happens. */
    void makeFolder(String name) throws IOException;

    /** Makes a file that was not there before, held until it is closed. */
    NewFile create(String name, int mode) throws IOException;

    /** Makes a link that says this, whatever it means. */
    void makeLink(String name, String text) throws IOException;

    /**
     * Gives the file another name at once.
     *
     * @throws java.nio.file.FileAlreadyExistsException where the name is taken and must not be
     */
    void rename(String from, String to, boolean replacing) throws IOException;

    /** Takes the file away; whether it was there. */
    boolean remove(String name) throws IOException;

    /** Returns when the names are durable. */
    void sync() throws IOException;

    @Override
    void close() throws IOException;
}
