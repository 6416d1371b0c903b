package dev.wharfinger.workspace;

import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of commits. A name is an id, an abbreviated id of at least seven digits, or a reference,
 * with {@code ~N} and {@code ^} after it; the rest of Git's little language (searches in messages,
 * the reflog, peeling) is not understood, so that no text can ask for more than one commit.
 */
final class Revisions {
    private static final Pattern FORM = Pattern.compile("(.*?)((?:~\\d{0,4}|\\^)*)");
    private static final Pattern STEP = Pattern.compile("~(\\d*)|\\^");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{7,40}");

    private final Repository repository;

    Revisions(Repository repository) {
        this.repository = repository;
    }

    Optional<CommitId> head() throws IOException {
        return Optional.ofNullable(repository.exactRef(Constants.HEAD))
                .map(Ref::getObjectId)
                .map(Revisions::commitId);
    }

    Optional<String> branch() throws IOException {
        return Optional.ofNullable(repository.exactRef(Constants.HEAD))
                .filter(Ref::isSymbolic)
                .map(head -> head.getTarget().getName())
                .filter(name -> name.startsWith(Constants.R_HEADS))
                .map(Repository::shortenRefName);
    }

    /** The short names of the tags that lead to the commit, sorted. */
    List<String> tagsAt(CommitId commit) throws IOException {
        ObjectId wanted = ObjectId.fromString(commit.sha());
        var names = new ArrayList<String>();
        for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
            Ref peeled = repository.getRefDatabase().peel(ref);
            AnyObjectId id =
                    peeled.getPeeledObjectId() == null
                            ? peeled.getObjectId()
                            : peeled.getPeeledObjectId();
            if (wanted.equals(id)) {
                names.add(ref.getName().substring(Constants.R_TAGS.length()));
            }
        }
        names.sort(null);
        return List.copyOf(names);
    }

    Optional<CommitId> resolve(String text) throws IOException {
        Matcher form = FORM.matcher(text);
        if (text.startsWith("-") || text.length() > 250 || !form.matches()) {
            return Optional.empty();
        }
        try (var walk = new RevWalk(repository)) {
            Optional<RevCommit> commit = named(walk, form.group(1));
            Matcher step = STEP.matcher(form.group(2));
            while (commit.isPresent() && step.find()) {
                String count = step.group(1);
                int parents = count == null || count.isEmpty() ? 1 : Integer.parseInt(count);
                commit = ancestor(walk, commit.get(), parents);
            }
            return commit.map(Revisions::commitId);
        }
    }

    private Optional<RevCommit> named(RevWalk walk, String name) throws IOException {
        if (name.length() == 40 && HEX.matcher(name).matches()) {
            return commit(walk, ObjectId.fromString(name));
        }
        if (name.equals(Constants.HEAD)) {
            Optional<CommitId> head = head();
            return head.isEmpty() ? Optional.empty() : named(walk, head.get().sha());
        }
        List<String> places = List.of("", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/");
        for (String place : places) {
            String full = place + name;
            if (full.startsWith("refs/") && Repository.isValidRefName(full)) {
                Ref ref = repository.exactRef(full);
                if (ref != null && ref.getObjectId() != null) {
                    return commit(walk, ref.getObjectId());
                }
            }
        }
        return HEX.matcher(name).matches() ? abbreviated(walk, name) : Optional.empty();
    }

    private Optional<RevCommit> abbreviated(RevWalk walk, String hex) throws IOException {
        ObjectReader reader = walk.getObjectReader();
        Collection<ObjectId> ids = reader.resolve(AbbreviatedObjectId.fromString(hex));
        Optional<RevCommit> found = Optional.empty();
        for (ObjectId id : ids) {
            if (reader.open(id).getType() == Constants.OBJ_COMMIT) {
                if (found.isPresent()) {
                    return Optional.empty();
                }
                found = commit(walk, id);
            }
        }
        return found;
    }

    private static Optional<RevCommit> commit(RevWalk walk, ObjectId id) throws IOException {
        try {
            RevObject peeled = walk.peel(walk.parseAny(id));
            return peeled instanceof RevCommit commit ? Optional.of(commit) : Optional.empty();
        } catch (MissingObjectException missing) {
            return Optional.empty();
        }
    }

    private static Optional<RevCommit> ancestor(RevWalk walk, RevCommit from, int steps)
            throws IOException {
        RevCommit commit = from;
        for (int i = 0; i < steps; i++) {
            if (commit.getParentCount() == 0) {
                return Optional.empty();
            }
            commit = walk.parseCommit(commit.getParent(0));
        }
        return Optional.of(commit);
    }

    private static CommitId commitId(AnyObjectId id) {
        return new CommitId(id.name());
    }
}
