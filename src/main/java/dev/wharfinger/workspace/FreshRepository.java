package dev.wharfinger.workspace;

import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * A new Git repository, as a person makes one: for projects that Wharfinger itself sets up, such as
 * the demonstration's. Nothing here is reached by a tool.
 */
public final class FreshRepository {
    private final Path root;

    private FreshRepository(Path root) {
        this.root = root;
    }

    /** Makes a repository with the branch {@code main} in this folder. */
    public static FreshRepository in(Path root) throws IOException {
        GitSystem.install();
        try (Git git = Git.init().setDirectory(root.toFile()).setInitialBranch("main").call()) {
            return new FreshRepository(root);
        } catch (GitAPIException e) {
            throw new IOException("no repository in " + root + ": " + e.getMessage(), e);
        }
    }

    /** Commits everything that stands there, and tags the commit. */
    public CommitId commit(Person by, String message, Instant at, String tag) throws IOException {
        var person = new PersonIdent(by.name(), by.email(), at, ZoneOffset.UTC);
        try (Git git = Git.open(root.toFile())) {
            git.add().addFilepattern(".").call();
            var commit =
                    git.commit()
                            .setAuthor(person)
                            .setCommitter(person)
                            .setMessage(message)
                            .setSign(false)
                            .setNoVerify(true)
                            .call();
            git.tag().setName(tag).setObjectId(commit).setAnnotated(false).setSigned(false).call();
            return new CommitId(commit.getName());
        } catch (GitAPIException e) {
            throw new IOException("cannot commit in " + root + ": " + e.getMessage(), e);
        }
    }
}
