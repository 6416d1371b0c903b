package dev.wharfinger.journal;

import java.io.IOException;
import java.util.Optional;

/**
 * Where the last signed checkpoint is kept, apart from the log: what shows that the log's tail was
 * cut or an older copy put in its place. It only goes forward, and only from what it holds.
 */
interface CheckpointStore {
    /** The note kept last; empty when nothing ever was. */
    Optional<String> read() throws IOException;

    /**
     * Keeps {@code next}, durably, if what is kept is still {@code held}.
     *
     * @throws IOException when it is not, when {@code next} is smaller, or the disk fails
     */
    void swap(Optional<String> held, Checkpoint next) throws IOException;
}
