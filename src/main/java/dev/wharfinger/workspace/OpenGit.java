package dev.wharfinger.workspace;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The opened repository. Everything that knows JGit is reached from here, and only when asked. */
final class OpenGit implements AutoCloseable {
    private static final int BLOB_BYTES = 64 << 20;

    private final Repository repository;
    private final Wall wall;

    private OpenGit(Repository repository, Wall wall) {
        this.repository = repository;
        this.wall = wall;
    }

    static OpenGit open(Path root, Wall wall) throws IOException {
        GitSystem.install();
        var builder = new FileRepositoryBuilder();
        builder.setWorkTree(root.toFile());
        builder.setMustExist(true);
        return new OpenGit(builder.build(), wall);
    }

    Revisions revisions() {
        return new Revisions(repository);
    }

    CommitTree tree(CommitId commit) throws IOException {
        try (var walk = new RevWalk(repository)) {
            return CommitTree.read(walk.getObjectReader(), treeOf(walk, commit));
        }
    }

    List<TreeFile> files(CommitId commit) throws IOException {
        var files = new ArrayList<TreeFile>();
        try (ObjectReader reader = repository.newObjectReader()) {
            for (var file : tree(commit).entries().entrySet()) {
                CommitTree.Entry entry = file.getValue();
                long size =
                        entry.mode().equals(FileMode.GITLINK)
                                ? 0
                                : reader.getObjectSize(entry.id(), Constants.OBJ_BLOB);
                files.add(new TreeFile(file.getKey(), entry.modeText(), entry.id().name(), size));
            }
        }
        return List.copyOf(files);
    }

    Optional<byte[]> blob(CommitId commit, WorkspacePath path) throws IOException {
        if (path.equals(WorkspacePath.ROOT)) {
            return Optional.empty();
        }
        try (var walk = new RevWalk(repository);
                TreeWalk found =
                        TreeWalk.forPath(
                                walk.getObjectReader(), path.toString(), treeOf(walk, commit))) {
            if (found == null || !isFile(found.getFileMode(0))) {
                return Optional.empty();
            }
            var loader = walk.getObjectReader().open(found.getObjectId(0), Constants.OBJ_BLOB);
            if (loader.getSize() > BLOB_BYTES) {
                throw PathRefused.tooLarge(path, loader.getSize(), BLOB_BYTES);
            }
            return Optional.of(loader.getBytes(BLOB_BYTES));
        }
    }

    List<Change> changed(CommitTree from, CommitTree to) {
        var changes = new ArrayList<Change>();
        from.entries()
                .forEach((path, entry) -> {
                    CommitTree.Entry now = to.entries().get(path);
                    if (now == null) {
                        changes.add(new Change(path, Change.Kind.DELETED));
                    } else if (!now.equals(entry)) {
                        changes.add(new Change(path, Change.Kind.MODIFIED));
                    }
                });
        to.entries().keySet().stream()
                .filter(path -> !from.entries().containsKey(path))
                .forEach(path -> changes.add(new Change(path, Change.Kind.ADDED)));
        changes.sort(java.util.Comparator.comparing(Change::path));
        return List.copyOf(changes);
    }

    WorkTreeStatus status() throws IOException {
        Optional<CommitId> head = revisions().head();
        CommitTree tree = head.isPresent() ? tree(head.get()) : CommitTree.empty();
        return new WorkTreeStatus(repository, wall, tree);
    }

    CommitWriter writer() {
        return new CommitWriter(repository, wall);
    }

    TornCommit torn() {
        return new TornCommit(repository, wall);
    }

    void export(CommitId commit, Path into) throws IOException {
        try (ObjectReader reader = repository.newObjectReader()) {
            TreeExport.write(tree(commit), reader, into);
        }
    }

    @Override
    public void close() {
        repository.close();
    }

    static boolean isFile(FileMode mode) {
        return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
    }

    private static ObjectId treeOf(RevWalk walk, CommitId commit) throws IOException {
        return walk.parseCommit(ObjectId.fromString(commit.sha())).getTree().getId();
    }
}
