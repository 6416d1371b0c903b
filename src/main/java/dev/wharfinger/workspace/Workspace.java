package dev.wharfinger.workspace;

import dev.wharfinger.rule.Verdict;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The project's tree, confined: nothing opened here lay outside its root, whatever was swapped
 * while it was opened, and no link is followed. Reads come with the hash of what was read; writes
 * cost a {@link WriteGrant}. Safe for use by many threads; writes to one file are the caller's to
 * order. A disk that fails is an {@link UncheckedIOException}, a path that is refused a verdict.
 */
public final class Workspace implements AutoCloseable {
    private final Path root;
    private final Wall wall;
    private final Forbidden forbidden;
    private final Writing writing;
    private final Git git;
    private final AtomicBoolean unswept = new AtomicBoolean(true);

    private Workspace(Path root, Wall wall, Forbidden forbidden) {
        this.root = root;
        this.wall = wall;
        this.forbidden = forbidden;
        this.writing = new Writing(wall);
        this.git = new Git(root, wall);
    }

    /**
     * Opens the tree behind the best wall that this machine has. Cheap: nothing in the tree is
     * looked at; the temps of dead processes go at the first {@link #stage}, or by {@link #sweep}.
     *
     * @throws IOException where the root is no folder, or no wall holds here
     */
    public static Workspace open(Path root) throws IOException {
        return openForbidding(root, Set.of());
    }

    /** The same, with further files and folders that no lane can open. */
    public static Workspace openForbidding(Path root, Set<WorkspacePath> forbidden)
            throws IOException {
        return behind(Wall.best(root), root, forbidden);
    }

    /** The tree behind the portable wall, whatever else the machine has. */
    static Workspace openPortable(Path root, Set<WorkspacePath> forbidden) throws IOException {
        return behind(Wall.portable(root), root, forbidden);
    }

    private static Workspace behind(Wall wall, Path root, Set<WorkspacePath> forbidden) {
        return new Workspace(root.toAbsolutePath(), wall, new Forbidden(forbidden));
    }

    /** The root as it was given, made absolute. */
    public Path root() {
        return root;
    }

    /** Which wall stands: {@code openat2} or {@code secure-directory-stream}. */
    public String wall() {
        return wall.name();
    }

    /**
     * What the file holds, or nothing where there is none.
     *
     * <p>Links, hard links, devices and the like are {@code path.invalid}, more than {@code
     * limitBytes} is {@code limit.too-large}, Git's own files are {@code lane.forbidden}.
     */
    public Verdict<Optional<FileContent>> read(WorkspacePath path, long limitBytes) {
        return verdict(() -> content(path, limitBytes));
    }

    /**
     * What the folder holds, sorted by parts, {@code depth} levels down (1 is the folder's own
     * entries), the first {@code limit} entries; nothing where there is no such folder. Git's own
     * folder, temps and names that no path can hold are never shown.
     */
    public Verdict<Optional<List<FolderEntry>>> list(WorkspacePath folder, int depth, int limit) {
        if (depth < 1 || limit < 1) {
            throw new IllegalArgumentException("depth " + depth + ", limit " + limit);
        }
        return verdict(() -> {
            refuseGit(folder);
            Optional<Folder> there = wall.folder(folder);
            if (there.isEmpty()) {
                return Optional.empty();
            }
            try (Folder open = there.get()) {
                return Optional.of(Listing.of(open, depth, limit));
            }
        });
    }

    /**
     * Lays the bytes durably beside the file that the grant names, making missing folders. Nothing
     * that anybody reads has changed when it returns; make the intent durable, then {@link
     * #commit}.
     *
     * @throws StaleWrite where the file is not what the grant replaces
     * @throws PathRefused where a link, a twin or a forbidden path stands in the way
     * @throws IllegalArgumentException where the bytes are not those of the grant
     */
    public Staged stage(WriteGrant grant, byte[] content) throws IOException, StaleWrite {
        if (alwaysForbidden(grant.path())) {
            throw PathRefused.forbidden(grant.path());
        }
        if (unswept.getAndSet(false)) {
            sweep();
        }
        return writing.stage(grant, content);
    }

    /**
     * Makes the staged bytes the file, at once and durably. The file keeps its permissions; a new
     * one gets 0660 less the process's mask.
     *
     * @throws StaleWrite where the file has changed since it was staged; nothing was written
     * @throws PathRefused where its folder was moved away; nothing was written
     */
    public void commit(Staged staged) throws IOException {
        writing.commit(staged);
    }

    /** Takes the staged bytes away. */
    public void discard(Staged staged) throws IOException {
        writing.discard(staged);
    }

    /**
     * Whether no persona may ever write there, whatever its lanes say; folders with their contents.
     */
    public boolean alwaysForbidden(WorkspacePath path) {
        return forbidden.covers(path);
    }

    /** The Git repository of the root, which need not be there. */
    public Git git() {
        return git;
    }

    /** Takes away the temps that dead processes left, and tells how many. Safe at any time. */
    public int sweep() throws IOException {
        try (Folder top = wall.present(WorkspacePath.ROOT)) {
            return Sweep.of(top);
        }
    }

    @Override
    public void close() throws IOException {
        git.close();
        wall.close();
    }

    private Optional<FileContent> content(WorkspacePath path, long limit) throws IOException {
        refuseGit(path);
        Optional<OpenFile> there = wall.file(path);
        if (there.isEmpty()) {
            return Optional.empty();
        }
        try (OpenFile file = there.get()) {
            return Optional.of(FileContent.of(path, Reading.bytes(file, path, limit)));
        }
    }

    private static void refuseGit(WorkspacePath path) throws PathRefused {
        if (Forbidden.isGit(path)) {
            throw PathRefused.forbidden(path);
        }
    }

    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> Verdict<T> verdict(Question<T> question) {
        try {
            return Verdict.granted(question.ask());
        } catch (PathRefused refused) {
            return Verdict.refused(refused.refusal());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
