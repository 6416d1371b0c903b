package dev.wharfinger.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A repository made for a test, by the library's own commands or entry by entry. */
record SampleRepository(Path root, org.eclipse.jgit.api.Git git) implements AutoCloseable {
    static final PersonIdent ANNA =
            new PersonIdent("Anna", "anna@example.com", Instant.EPOCH, ZoneOffset.UTC);

    /** One entry of a tree, whatever its name. */
    record Entry(String name, FileMode mode, ObjectId id) {}

    static SampleRepository in(Path root) throws IOException, GitAPIException {
        GitSystem.install();
        Files.createDirectories(root);
        return new SampleRepository(
                root,
                org.eclipse.jgit.api.Git.init()
                        .setDirectory(root.toFile())
                        .setInitialBranch("main")
                        .call());
    }

    Repository repository() {
        return git.getRepository();
    }

    void write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    void add(String... names) throws GitAPIException {
        var add = git.add();
        for (String name : names) {
            add.addFilepattern(name);
        }
        add.call();
    }

    /** Commits everything. */
    CommitId commitAll(String message) throws GitAPIException {
        git.add().addFilepattern(".").call();
        git.add().addFilepattern(".").setUpdate(true).call();
        return commitStaged(message);
    }

    CommitId commitStaged(String message) throws GitAPIException {
        return new CommitId(
                git.commit()
                        .setMessage(message)
                        .setAuthor(ANNA)
                        .setCommitter(ANNA)
                        .setSign(false)
                        .call()
                        .name());
    }

    ObjectId blob(String content) throws IOException {
        try (ObjectInserter inserter = repository().newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, content.getBytes(UTF_8));
            inserter.flush();
            return id;
        }
    }

    ObjectId tree(List<Entry> entries) throws IOException {
        var tree = new TreeFormatter();
        for (Entry entry : entries) {
            byte[] name = entry.name().getBytes(UTF_8);
            tree.append(name, 0, name.length, entry.mode(), entry.id(), true);
        }
        try (ObjectInserter inserter = repository().newObjectInserter()) {
            ObjectId id = inserter.insert(tree);
            inserter.flush();
            return id;
        }
    }

    /** A commit of this tree that no branch knows. */
    CommitId commit(ObjectId tree) throws IOException {
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setAuthor(ANNA);
        commit.setCommitter(ANNA);
        commit.setMessage("made by hand");
        try (ObjectInserter inserter = repository().newObjectInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return new CommitId(id.name());
        }
    }

    /** What the index says of a path: its blob's id, or nothing. */
    String staged(String path) throws IOException {
        var entry = DirCache.read(repository()).getEntry(path);
        return entry == null ? "" : entry.getObjectId().name();
    }

    @Override
    public void close() {
        git.close();
    }
}
