package dev.wharfinger.workspace;

import dev.wharfinger.rule.Verdict;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The Git repository in the project's root, read and written in this process: no {@code git}
 * program runs, no hook, no filter, and no setting outside the repository counts. Content is what
 * the blobs hold; line endings are never converted. A root inside somebody else's repository has
 * none.
 *
 * <p>A commit whose tree no checkout may write ({@code ..}, {@code .git}, twins by case) and a
 * broken repository are an {@link UncheckedIOException}; the first has a {@link PathRefused} as its
 * cause. The library is loaded when it is first needed.
 */
public final class Git implements AutoCloseable {
    private static final int CHANGES = 10_000;

    private final Path root;
    private final Wall wall;
    private @Nullable OpenGit open;

    Git(Path root, Wall wall) {
        this.root = root;
        this.wall = wall;
    }

    /** Whether the root is the top of a repository; a link named {@code .git} is none. */
    public boolean isPresent() {
        try (Folder top = wall.present(WorkspacePath.ROOT)) {
            Optional<Facts.Kind> kind = top.facts(".git").map(Facts::kind);
            return kind.isPresent()
                    && (kind.get() == Facts.Kind.FOLDER || kind.get() == Facts.Kind.FILE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The commit that the work tree is based on, or nothing before the first one. */
    public Optional<CommitId> head() {
        return isPresent() ? ask(git -> git.revisions().head()) : Optional.empty();
    }

    /**
     * The commit of that name: an id, seven or more digits of one, a tag, a branch or {@code HEAD},
     * with {@code ~N} or {@code ^} after it. Nothing where there is none, or where the text is no
     * such name.
     */
    public Optional<CommitId> resolve(String revOrTag) {
        return isPresent() ? ask(git -> git.revisions().resolve(revOrTag)) : Optional.empty();
    }

    /** The names of the tags that lead to the commit, sorted. */
    public List<String> tagsAt(CommitId commit) {
        return isPresent() ? ask(git -> git.revisions().tagsAt(commit)) : List.of();
    }

    /** The short name of the branch that is checked out, or nothing. */
    public Optional<String> branch() {
        return isPresent() ? ask(git -> git.revisions().branch()) : Optional.empty();
    }

    /** The digest of the commit's files without those left out; the order is in the type. */
    public SourceDigest sourceDigest(CommitId commit, Predicate<WorkspacePath> leftOut) {
        return ask(git -> git.tree(commit).digest(leftOut));
    }

    /**
     * How the work tree differs from HEAD, sorted by path, one entry a path: untracked files that
     * {@code .gitignore} leaves are among them, a foreign repository inside is one entry. At most
     * 10,000 changes.
     */
    public List<Change> status() {
        return status(CHANGES);
    }

    /** The same, at most that many changes. */
    public List<Change> status(int limit) {
        return isPresent() ? ask(git -> git.status().changes(limit)) : List.of();
    }

    /** How the files of one commit differ from those of another, sorted by path. */
    public List<Change> changedBetween(CommitId from, CommitId to) {
        return ask(git -> git.changed(git.tree(from), git.tree(to)));
    }

    /** What the file held in that commit, up to 64 MiB; nothing for links and folders. */
    public Optional<byte[]> blob(CommitId commit, WorkspacePath path) {
        return ask(git -> git.blob(commit, path));
    }

    /** The files of the commit, sorted by path. */
    public List<TreeFile> files(CommitId commit) {
        return ask(git -> git.files(commit));
    }

    /**
     * Commits exactly the files of the request, whatever else is staged or changed. Refused where
     * HEAD is not what the request stands on, or a file no longer holds what it names.
     */
    public Verdict<CommitId> commit(CommitRequest request) {
        return ask(git -> {
            try {
                return Verdict.granted(git.writer().commit(request));
            } catch (PathRefused refused) {
                return Verdict.refused(refused.refusal());
            }
        });
    }

    /**
     * After a crash inside {@link #commit}: the commit with that trailer line, if the branch was
     * moved to it from {@code onto}. The locks that the dead process left are finished or taken
     * away, so that people's own Git goes on; others' locks stay.
     *
     * @param since when the commit was intended; no lock of it is older
     */
    public Optional<CommitId> settle(
            CommitId onto, String trailer, List<WorkspacePath> paths, Instant since) {
        return isPresent()
                ? ask(git -> git.torn().settle(onto, trailer, paths, since))
                : Optional.empty();
    }

    /**
     * Writes the commit's files into a folder that is empty or not yet there, nothing of Git with
     * them. Files are 0644 or 0755, submodules empty folders. A link is made, last of all, where
     * what it says stays inside without passing another link; otherwise the commit is refused.
     *
     * @throws PathRefused where the tree is not to be written
     */
    public void export(CommitId commit, Path into) throws IOException {
        try {
            ask(git -> {
                git.export(commit, into);
                return Optional.empty();
            });
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    @Override
    public synchronized void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    private interface Question<T> {
        T ask(OpenGit git) throws IOException;
    }

    private <T> T ask(Question<T> question) {
        try {
            return question.ask(opened());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private synchronized OpenGit opened() throws IOException {
        if (open == null) {
            if (!isPresent()) {
                throw new NoSuchFileException(root.resolve(".git").toString());
            }
            open = OpenGit.open(root, wall);
        }
        return open;
    }
}
