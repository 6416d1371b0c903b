package dev.wharfinger.workspace;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Optional;

/**
 * How a file is written, in the one order that survives a crash at any point: compare, lay the
 * bytes beside the file, sync them; then, when the caller has made its intent durable, rename and
 * sync the folder.
 */
final class Writing {
    /** Less the mask, or what the folder's access list says: two users may share a project. */
    private static final int NEW_FILE = 0660;

    private final Wall wall;

    Writing(Wall wall) {
        this.wall = wall;
    }

    Staged stage(WriteGrant grant, byte[] content) throws IOException {
        if (!ContentHash.of(content).equals(grant.content())) {
            throw new IllegalArgumentException("the grant is for other bytes: " + grant.path());
        }
        WorkspacePath parent = grant.path().parent().orElseThrow();
        Folder folder = grant.replacing().isEmpty() ? made(parent) : there(grant, parent);
        try {
            return stage(grant, content, folder);
        } catch (IOException | RuntimeException failed) {
            folder.close();
            throw failed;
        }
    }

    private Staged stage(WriteGrant grant, byte[] content, Folder folder) throws IOException {
        String name = grant.path().name();
        Optional<Facts> before = compare(grant, folder);
        if (before.isEmpty()) {
            Twins.refuse(folder, name);
        }
        String temp = TempName.fresh();
        NewFile file = folder.create(temp, NEW_FILE);
        try {
            file.write(content, 0, content.length);
            if (before.isPresent()) {
                file.mode(before.get().mode());
            }
            file.sync();
            return new Staged(grant, folder, temp, file);
        } catch (IOException failed) {
            try (file) {
                folder.remove(temp);
            }
            throw failed;
        }
    }

    void commit(Staged staged) throws IOException {
        staged.end();
        WriteGrant grant = staged.grant();
        Folder folder = staged.folder();
        try {
            try {
                check(staged);
                folder.rename(staged.temp(), grant.path().name(), grant.replacing().isPresent());
            } catch (FileAlreadyExistsException taken) {
                folder.remove(staged.temp());
                throw new StaleWrite(grant, hash(folder, grant.path().name()));
            } catch (IOException failed) {
                folder.remove(staged.temp());
                throw failed;
            }
            // From here on the file is the new one. A failed sync is told, never tried again.
            folder.sync();
        } finally {
            staged.release();
        }
    }

    void discard(Staged staged) throws IOException {
        staged.end();
        try {
            staged.folder().remove(staged.temp());
        } finally {
            staged.release();
        }
    }

    /**
     * The folder is still the one at that path, the temp still ours, the file still the old one.
     */
    private void check(Staged staged) throws IOException {
        WriteGrant grant = staged.grant();
        WorkspacePath parent = grant.path().parent().orElseThrow();
        try (Folder now = wall.folder(parent).orElseThrow(() -> PathRefused.moved(grant.path()))) {
            if (!now.key().equals(staged.folder().key())) {
                throw PathRefused.moved(grant.path());
            }
        }
        Optional<Facts> temp = staged.folder().facts(staged.temp());
        if (temp.isEmpty() || !temp.get().key().equals(staged.file().key())) {
            throw PathRefused.moved(grant.path());
        }
        compare(grant, staged.folder());
    }

    private Optional<Facts> compare(WriteGrant grant, Folder folder) throws IOException {
        Optional<OpenFile> there = folder.file(grant.path().name());
        if (there.isEmpty()) {
            if (grant.replacing().isPresent()) {
                throw new StaleWrite(grant, Optional.empty());
            }
            return Optional.empty();
        }
        try (OpenFile file = there.get()) {
            Optional<ContentHash> found = Optional.of(Reading.hash(file));
            if (!found.equals(grant.replacing())) {
                throw new StaleWrite(grant, found);
            }
            return Optional.of(file.facts());
        }
    }

    private static Optional<ContentHash> hash(Folder folder, String name) throws IOException {
        Optional<OpenFile> there = folder.file(name);
        if (there.isEmpty()) {
            return Optional.empty();
        }
        try (OpenFile file = there.get()) {
            return Optional.of(Reading.hash(file));
        }
    }

    private Folder there(WriteGrant grant, WorkspacePath parent) throws IOException {
        Optional<Folder> folder = wall.folder(parent);
        if (folder.isEmpty()) {
            throw new StaleWrite(grant, Optional.empty());
        }
        return folder.get();
    }

    /** The folder of that path, made level by level where it is missing. */
    private Folder made(WorkspacePath path) throws IOException {
        Optional<Folder> there = wall.folder(path);
        if (there.isPresent()) {
            return there.get();
        }
        try (Folder above = made(path.parent().orElseThrow())) {
            Twins.refuse(above, path.name());
            above.makeFolder(path.name());
            above.sync();
            return above.folder(path.name()).orElseThrow(() -> PathRefused.moved(path));
        }
    }
}
