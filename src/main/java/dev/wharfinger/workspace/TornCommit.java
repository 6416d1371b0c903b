package dev.wharfinger.workspace;

import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a process that died inside {@link CommitWriter#commit} left: perhaps the commit, perhaps an
 * index that does not know of it, perhaps locks that would stop everybody's Git for ever.
 */
final class TornCommit {
    private static final int FARTHEST = 1_000;
    private static final int SHORT = 200;
    private static final long FILE_BYTES = 64 << 20;

    /** The kernel's clock for files may lag behind the one that stamped the intent. */
    private static final Duration LAG = Duration.ofMillis(100);

    private final Repository repository;
    private final Wall wall;

    TornCommit(Repository repository, Wall wall) {
        this.repository = repository;
        this.wall = wall;
    }

    Optional<CommitId> settle(
            CommitId onto, String trailer, List<WorkspacePath> paths, Instant since)
            throws IOException {
        try (var walk = new RevWalk(repository)) {
            Optional<RevCommit> made = made(walk, onto, trailer);
            Path indexLock = lock(repository.getIndexFile());
            if (isNoOlder(indexLock, since) && isOurIndex(indexLock, paths)) {
                Files.deleteIfExists(indexLock);
            }
            Optional<Path> branchLock = branchLock();
            if (branchLock.isPresent()
                    && isNoOlder(branchLock.get(), since)
                    && isOurTip(walk, branchLock.get(), trailer)) {
                Files.deleteIfExists(branchLock.get());
            }
            if (made.isPresent()) {
                catchUp(walk, walk.parseCommit(ObjectId.fromString(onto.sha())), made.get(), paths);
            }
            return made.map(commit -> new CommitId(commit.getName()));
        }
    }

    /** Looks back from HEAD, as others may have committed on top since. */
    private Optional<RevCommit> made(RevWalk walk, CommitId onto, String trailer)
            throws IOException {
        ObjectId head = repository.resolve(Constants.HEAD);
        if (head == null) {
            return Optional.empty();
        }
        walk.markStart(walk.parseCommit(head));
        RevCommit commit = walk.next();
        for (int i = 0; commit != null && i < FARTHEST; i++) {
            boolean on =
                    commit.getParentCount() > 0 && commit.getParent(0).getName().equals(onto.sha());
            if (on && says(commit, trailer)) {
                return Optional.of(commit);
            }
            commit = walk.next();
        }
        return Optional.empty();
    }

    private static boolean says(RevCommit commit, String trailer) {
        return commit.getFullMessage().lines().anyMatch(trailer::equals);
    }

    private static Path lock(File file) {
        return Path.of(file.getPath() + ".lock");
    }

    private Optional<Path> branchLock() throws IOException {
        return Optional.ofNullable(repository.exactRef(Constants.HEAD))
                .map(Ref::getLeaf)
                .map(leaf -> lock(new File(repository.getDirectory(), leaf.getName())));
    }

    private static boolean isNoOlder(Path lock, Instant since) throws IOException {
        return Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)
                && !Files.getLastModifiedTime(lock, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(since.minus(LAG));
    }

    /**
     * Whether an index on its way is the dead process's: not yet written, or holding each of its
     * files as it stands in the work tree, which the index itself does not yet.
     */
    private boolean isOurIndex(Path lock, List<WorkspacePath> paths) throws IOException {
        if (Files.size(lock) == 0) {
            return true;
        }
        DirCache coming;
        try {
            coming = DirCache.read(lock.toFile(), repository.getFS());
        } catch (IOException torn) {
            return true; // people's Git writes it within milliseconds
        }
        DirCache now = repository.readDirCache();
        for (WorkspacePath path : paths) {
            DirCacheEntry entry = coming.getEntry(path.toString());
            DirCacheEntry before = now.getEntry(path.toString());
            boolean fresh = before == null || !before.getObjectId().equals(idOf(entry));
            if (!fresh || !idOf(entry).equals(inWorkTree(path))) {
                return false;
            }
        }
        return true;
    }

    private static ObjectId idOf(@org.jspecify.annotations.Nullable DirCacheEntry entry) {
        return entry == null ? ObjectId.zeroId() : entry.getObjectId();
    }

    private ObjectId inWorkTree(WorkspacePath path) throws IOException {
        Optional<OpenFile> there = wall.file(path);
        if (there.isEmpty()) {
            return ObjectId.zeroId();
        }
        try (OpenFile file = there.get();
                var formatter = new ObjectInserter.Formatter()) {
            return formatter.idFor(Constants.OBJ_BLOB, Reading.bytes(file, path, FILE_BYTES));
        }
    }

    /** Whether a branch was being moved to a commit with that trailer, or to nothing yet. */
    private static boolean isOurTip(RevWalk walk, Path lock, String trailer) throws IOException {
        if (Files.size(lock) > SHORT) {
            return false;
        }
        String said = Files.readString(lock).strip();
        if (said.length() < Constants.OBJECT_ID_STRING_LENGTH) {
            return true;
        }
        try {
            return ObjectId.isId(said)
                    && says(walk.parseCommit(ObjectId.fromString(said)), trailer);
        } catch (MissingObjectException e) {
            return false;
        }
    }

    /** The index knows the commit's files too, unless somebody has staged others meanwhile. */
    private void catchUp(RevWalk walk, RevCommit onto, RevCommit made, List<WorkspacePath> paths)
            throws IOException {
        DirCache index = repository.lockDirCache();
        try {
            DirCacheEditor editor = index.editor();
            for (WorkspacePath path : paths) {
                ObjectId staged = idOf(index.getEntry(path.toString()));
                if (staged.equals(blob(walk, onto, path))
                        && !staged.equals(blob(walk, made, path))) {
                    editor.add(edit(walk, made, path));
                }
            }
            editor.finish();
            index.write();
            if (!index.commit()) {
                throw new IOException("the index could not be written");
            }
        } finally {
            index.unlock();
        }
    }

    private static ObjectId blob(RevWalk walk, RevCommit commit, WorkspacePath path)
            throws IOException {
        try (TreeWalk found =
                TreeWalk.forPath(walk.getObjectReader(), path.toString(), commit.getTree())) {
            return found == null ? ObjectId.zeroId() : found.getObjectId(0);
        }
    }

    private static DirCacheEditor.PathEdit edit(RevWalk walk, RevCommit commit, WorkspacePath path)
            throws IOException {
        try (TreeWalk found =
                TreeWalk.forPath(walk.getObjectReader(), path.toString(), commit.getTree())) {
            var mode = found.getFileMode(0);
            var id = found.getObjectId(0);
            return new DirCacheEditor.PathEdit(path.toString()) {
                @Override
                public void apply(DirCacheEntry entry) {
                    entry.setFileMode(mode);
                    entry.setObjectId(id);
                }
            };
        }
    }
}
