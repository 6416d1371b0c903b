package dev.wharfinger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A checkpoint store in a file of its own, in a folder that may lie on another volume. */
final class FolderCheckpoints implements CheckpointStore {
    private final Disk disk;
    private final Path file;

    FolderCheckpoints(Disk disk, Path folder) {
        this.disk = disk;
        this.file = folder.resolve("checkpoint");
    }

    @Override
    public Optional<String> read() throws IOException {
        return disk.read(file).map(bytes -> new String(bytes, UTF_8));
    }

    @Override
    public void swap(Optional<String> held, Checkpoint next) throws IOException {
        if (!read().equals(held)) {
            throw new IOException(
                    "the checkpoint in " + file + " was changed by somebody else than its keeper");
        }
        if (held.isPresent() && size(held.get()) > next.size()) {
            throw new IOException(
                    "a checkpoint of " + next.size() + " entries would hide a larger one: " + held);
        }
        disk.replace(file, next.note().getBytes(UTF_8));
    }

    private static long size(String note) throws IOException {
        try {
            return Checkpoint.parse(note).size();
        } catch (NoteUnreadable e) {
            throw new IOException("the checkpoint is damaged: " + e.getMessage(), e);
        }
    }
}
