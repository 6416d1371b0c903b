package dev.wharfinger.tool;

import java.io.IOException;
import java.nio.file.Path;

/** Folders for clean checkouts, outside the project's tree; gone when closed. */
public interface Scratch {
    /** A new empty folder. */
    Folder folder() throws IOException;

    /** One folder for one piece of work. */
    interface Folder extends AutoCloseable {
        /** Where it is. */
        Path path();

        /** Deletes it with all that is in it. */
        @Override
        void close() throws IOException;
    }
}
