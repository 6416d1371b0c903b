package dev.wharfinger.workspace;

import dev.wharfinger.rule.Verdict;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The project's tree, confined: nothing opened here can lie outside its root. */
public final class Workspace implements AutoCloseable {
    private final Path root;

    private Workspace(Path root) {
        this.root = root;
    }

    /** Opens the tree behind the best wall that this machine has. */
    public static Workspace open(Path root) throws IOException {
        return openForbidding(root, Set.of());
    }

    /** The same with further always-forbidden files and folders. */
    public static Workspace openForbidding(Path root, Set<WorkspacePath> forbidden)
            throws IOException {
        return new Workspace(root);
    }

    /** The root as it was given, absolute. */
    public Path root() {
        return root;
    }

    /** Which wall stands: {@code openat2} or {@code secure-directory-stream}. */
    public String wall() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The file's content, or nothing where there is no file. */
    public Verdict<Optional<FileContent>> read(WorkspacePath path, long limitBytes) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The folder's entries down to that depth, sorted, at most {@code limit} of them. */
    public Verdict<Optional<List<FolderEntry>>> list(WorkspacePath folder, int depth, int limit) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Lays the bytes durably beside the file that the grant names. */
    public Staged stage(WriteGrant grant, byte[] content) throws IOException, StaleWrite {
        throw new UnsupportedOperationException("not yet");
    }

    /** Makes the staged bytes the file. */
    public void commit(Staged staged) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /** Takes the staged bytes away. */
    public void discard(Staged staged) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /** Whether no persona may ever write there, whatever its lanes say. */
    public boolean alwaysForbidden(WorkspacePath path) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The root's Git repository. */
    public Git git() {
        return new Git();
    }

    @Override
    public void close() {}
}
