package dev.wharfinger.workspace;

import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * HEAD against index and work tree. The work tree is read through the wall; JGit's own walk would
 * follow the repository's configuration into filter programs.
 */
final class WorkTreeStatus {
    private final Repository repository;
    private final Wall wall;
    private final CommitTree head;
    private final TreeMap<WorkspacePath, DirCacheEntry> index = new TreeMap<>();
    private final TreeMap<WorkspacePath, Change.Kind> changes = new TreeMap<>();
    private final Set<WorkspacePath> seen = new HashSet<>();
    private final boolean modesCount;
    private final Instant indexWritten;

    WorkTreeStatus(Repository repository, Wall wall, CommitTree head) throws IOException {
        this.repository = repository;
        this.wall = wall;
        this.head = head;
        this.modesCount =
                repository
                        .getConfig()
                        .getBoolean(
                                ConfigConstants.CONFIG_CORE_SECTION,
                                ConfigConstants.CONFIG_KEY_FILEMODE,
                                true);
        File file = repository.getIndexFile();
        this.indexWritten =
                file.exists() ? Files.getLastModifiedTime(file.toPath()).toInstant() : Instant.MIN;
        readIndex();
    }

    List<Change> changes(int limit) throws IOException {
        try (Folder top = wall.present(WorkspacePath.ROOT)) {
            walk(top, Ignores.outermost(exclude()), false, limit);
        }
        index.forEach((path, entry) -> {
            if (!seen.contains(path)
                    && !entry.isSkipWorkTree()
                    && head.entries().containsKey(path)) {
                changes.put(path, Change.Kind.DELETED);
            }
        });
        head.entries().keySet().stream()
                .filter(path -> !index.containsKey(path))
                .forEach(path -> changes.put(path, Change.Kind.DELETED));
        return changes.entrySet().stream()
                .limit(limit)
                .map(change -> new Change(change.getKey(), change.getValue()))
                .toList();
    }

    private void readIndex() throws IOException {
        DirCache cache = DirCache.read(repository);
        for (int i = 0; i < cache.getEntryCount(); i++) {
            DirCacheEntry entry = cache.getEntry(i);
            String name = entry.getPathString();
            WorkspacePath path =
                    WorkspacePath.exactly(name)
                            .orElseThrow(() ->
                                    PathRefused.strangeTree(
                                            WorkspacePath.ROOT,
                                            "the name `" + NameRules.shown(name) + "`"));
            index.put(path, entry);
        }
    }

    private void walk(Folder folder, Ignores above, boolean ignored, int limit) throws IOException {
        Ignores rules = above.entering(folder);
        for (Folder.Named named : Listing.visible(folder)) {
            if (changes.size() >= limit) {
                return;
            }
            WorkspacePath path = folder.path().child(named.name());
            switch (named.kind()) {
                case FOLDER -> enter(folder, path, rules, ignored, limit);
                case FILE, LINK -> compare(folder, path, rules, ignored);
                case OTHER -> {} // Git knows no devices
            }
        }
    }

    private void enter(Folder above, WorkspacePath path, Ignores rules, boolean ignored, int limit)
            throws IOException {
        DirCacheEntry entry = index.get(path);
        if (entry != null && entry.getFileMode().equals(FileMode.GITLINK)) {
            seen.add(path);
            changedAgainstHead(path, entry);
            return;
        }
        boolean hidden = ignored || rules.covers(path, true);
        boolean tracked = isTrackedBelow(path);
        if (hidden && !tracked) {
            return;
        }
        Optional<Folder> there;
        try {
            there = above.folder(path.name());
        } catch (PathRefused closed) {
            return; // a mount or a swapped folder: what is tracked below shows as deleted
        }
        if (there.isEmpty()) {
            return;
        }
        try (Folder open = there.get()) {
            if (!tracked && open.facts(Constants.DOT_GIT).isPresent()) {
                changes.put(path, Change.Kind.UNTRACKED);
            } else {
                walk(open, rules, hidden, limit);
            }
        }
    }

    private boolean isTrackedBelow(WorkspacePath folder) {
        WorkspacePath next = index.higherKey(folder);
        return next != null && next.isBelow(folder);
    }

    private void compare(Folder folder, WorkspacePath path, Ignores rules, boolean ignored)
            throws IOException {
        DirCacheEntry entry = index.get(path);
        if (entry == null) {
            if (!ignored && !rules.covers(path, false)) {
                changes.put(path, Change.Kind.UNTRACKED);
            }
            return;
        }
        seen.add(path);
        if (changedAgainstHead(path, entry)) {
            return;
        }
        if (entry.getStage() != DirCacheEntry.STAGE_0 || isChanged(folder, path, entry)) {
            changes.put(path, Change.Kind.MODIFIED);
        }
    }

    private boolean changedAgainstHead(WorkspacePath path, DirCacheEntry entry) {
        CommitTree.Entry committed = head.entries().get(path);
        if (committed == null) {
            changes.put(path, Change.Kind.ADDED);
            return true;
        }
        if (!committed.id().equals(entry.getObjectId())
                || !committed.mode().equals(entry.getFileMode())) {
            changes.put(path, Change.Kind.MODIFIED);
            return true;
        }
        return false;
    }

    private boolean isChanged(Folder folder, WorkspacePath path, DirCacheEntry entry)
            throws IOException {
        Optional<Facts> now = folder.facts(path.name());
        if (now.isEmpty()) {
            return true;
        }
        Facts facts = now.get();
        boolean link = entry.getFileMode().equals(FileMode.SYMLINK);
        if (link != (facts.kind() == Facts.Kind.LINK)) {
            return true;
        }
        boolean executable = entry.getFileMode().equals(FileMode.EXECUTABLE_FILE);
        if (!link && modesCount && executable != facts.isExecutable()) {
            return true;
        }
        return !isUntouched(entry, facts)
                && !hash(folder, path, link).filter(entry.getObjectId()::equals).isPresent();
    }

    /**
     * Whether the file was not touched since the index was written. Size and time can be faked; the
     * time of the last change of anything cannot, so it must lie before the index.
     */
    private boolean isUntouched(DirCacheEntry entry, Facts facts) {
        return facts.size() == entry.getLength()
                && facts.modified().equals(entry.getLastModifiedInstant())
                && facts.changed().isBefore(indexWritten);
    }

    private static Optional<ObjectId> hash(Folder folder, WorkspacePath path, boolean link)
            throws IOException {
        try (var formatter = new ObjectInserter.Formatter()) {
            if (link) {
                return folder.linkText(path.name())
                        .map(text -> formatter.idFor(Constants.OBJ_BLOB, text));
            }
            Optional<OpenFile> there = folder.file(path.name());
            if (there.isEmpty()) {
                return Optional.empty();
            }
            try (OpenFile file = there.get();
                    var stream = new FileStream(file)) {
                long size = file.facts().size();
                return Optional.of(formatter.idFor(Constants.OBJ_BLOB, size, stream));
            }
        } catch (PathRefused | java.io.EOFException changed) {
            return Optional.empty();
        }
    }

    private byte[] exclude() throws IOException {
        File file = new File(repository.getCommonDirectory(), "info/exclude");
        return file.isFile() ? Files.readAllBytes(file.toPath()) : new byte[0];
    }
}
