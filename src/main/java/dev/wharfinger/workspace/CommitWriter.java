package dev.wharfinger.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;

import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryState;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a commit of exactly the files asked for: blobs from the work tree, HEAD's tree with these
 * blobs in it, the commit, then the branch, moved only from the commit that was expected. Of the
 * index, only these paths change; what the user has staged stays staged.
 */
final class CommitWriter {
    private static final long FILE_BYTES = 64 << 20;

    private final Repository repository;
    private final Wall wall;

    CommitWriter(Repository repository, Wall wall) {
        this.repository = repository;
        this.wall = wall;
    }

    /** One file as it goes into the commit. */
    private record Blob(WorkspacePath path, ObjectId id, FileMode mode, int size, Instant at) {}

    CommitId commit(CommitRequest request) throws IOException {
        if (repository.getRepositoryState() != RepositoryState.SAFE) {
            throw underWay();
        }
        for (String trailer : request.trailers().keySet()) {
            refuseForgery(request, trailer);
        }
        DirCache index = repository.lockDirCache();
        try (ObjectInserter inserter = repository.newObjectInserter();
                var walk = new RevWalk(repository)) {
            Optional<CommitId> head = new Revisions(repository).head();
            if (!head.equals(request.onto())) {
                throw moved(request, head);
            }
            Optional<ObjectId> parent = head.map(commit -> ObjectId.fromString(commit.sha()));
            DirCache base = DirCache.newInCore();
            Optional<ObjectId> before = Optional.empty();
            if (parent.isPresent()) {
                before = Optional.of(walk.parseCommit(parent.get()).getTree().getId());
                DirCacheBuilder builder = base.builder();
                builder.addTree(new byte[0], 0, walk.getObjectReader(), before.get());
                builder.finish();
            }
            List<Blob> blobs = blobs(request, inserter, base);
            put(base, blobs);
            ObjectId tree = base.writeTree(inserter);
            if (before.filter(tree::equals).isPresent()) {
                throw nothing();
            }
            ObjectId commit = inserter.insert(builder(request, parent, tree));
            inserter.flush();
            put(index, blobs);
            index.write();
            move(request, parent, commit);
            if (!index.commit()) {
                throw new IOException(
                        "commit " + commit.name() + " is made, but the index could not be written");
            }
            return new CommitId(commit.name());
        } finally {
            index.unlock();
        }
    }

    private List<Blob> blobs(CommitRequest request, ObjectInserter inserter, DirCache base)
            throws IOException {
        var blobs = new ArrayList<Blob>();
        for (Map.Entry<WorkspacePath, ContentHash> wanted : request.files().entrySet()) {
            WorkspacePath path = wanted.getKey();
            if (Forbidden.isGit(path)) {
                throw PathRefused.forbidden(path);
            }
            try (OpenFile file = wall.file(path).orElseThrow(() -> changed(path))) {
                byte[] bytes = Reading.bytes(file, path, FILE_BYTES);
                if (!ContentHash.of(bytes).equals(wanted.getValue())) {
                    throw changed(path);
                }
                blobs.add(
                        new Blob(
                                path,
                                inserter.insert(Constants.OBJ_BLOB, bytes),
                                mode(file.facts(), base.getEntry(path.toString())),
                                bytes.length,
                                file.facts().modified()));
            }
        }
        return blobs;
    }

    private FileMode mode(Facts facts, @Nullable DirCacheEntry before) {
        boolean counts =
                repository
                        .getConfig()
                        .getBoolean(
                                ConfigConstants.CONFIG_CORE_SECTION,
                                ConfigConstants.CONFIG_KEY_FILEMODE,
                                true);
        if (!counts) {
            return before != null && OpenGit.isFile(before.getFileMode())
                    ? before.getFileMode()
                    : FileMode.REGULAR_FILE;
        }
        return facts.isExecutable() ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
    }

    private static void put(DirCache cache, List<Blob> blobs) {
        DirCacheEditor editor = cache.editor();
        for (Blob blob : blobs) {
            editor.add(
                    new DirCacheEditor.PathEdit(blob.path().toString()) {
                        @Override
                        public void apply(DirCacheEntry entry) {
                            entry.setFileMode(blob.mode());
                            entry.setObjectId(blob.id());
                            entry.setLength(blob.size());
                            entry.setLastModified(blob.at());
                        }
                    });
        }
        editor.finish();
    }

    private static CommitBuilder builder(
            CommitRequest request, Optional<ObjectId> parent, ObjectId tree) {
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        parent.ifPresent(commit::setParentId);
        commit.setAuthor(ident(request.author(), request));
        commit.setCommitter(ident(request.committer(), request));
        commit.setEncoding(UTF_8);
        var message = new StringBuilder(request.message().strip()).append('\n');
        if (!request.trailers().isEmpty()) {
            message.append('\n');
            request.trailers().forEach((name, value) -> message.append(name + ": " + value + "\n"));
        }
        commit.setMessage(message.toString());
        return commit;
    }

    private static PersonIdent ident(Person person, CommitRequest request) {
        ZoneId zone = request.at().getOffset();
        return new PersonIdent(person.name(), person.email(), request.at().toInstant(), zone);
    }

    private void move(CommitRequest request, Optional<ObjectId> parent, ObjectId commit)
            throws IOException {
        RefUpdate update = repository.updateRef(Constants.HEAD);
        update.setExpectedOldObjectId(parent.orElse(ObjectId.zeroId()));
        update.setNewObjectId(commit);
        update.setRefLogIdent(ident(request.committer(), request));
        String subject = request.message().strip().lines().findFirst().orElse("");
        update.setRefLogMessage("commit: " + subject, false);
        RefUpdate.Result result = update.update();
        switch (result) {
            case NEW, FAST_FORWARD -> {}
            case LOCK_FAILURE, REJECTED -> throw moved(request, new Revisions(repository).head());
            default -> throw new IOException("HEAD could not be moved: " + result);
        }
    }

    /** A line of the message that looks like a trailer of ours would be believed as one. */
    private static void refuseForgery(CommitRequest request, String trailer) throws PathRefused {
        boolean forged = request.message().lines().anyMatch(line -> claims(line, trailer));
        if (forged) {
            throw new PathRefused(
                    Refusal.byYou(
                            RuleId.ARGUMENT_INVALID,
                            "The message has a line `%s:`, which only the server writes."
                                    .formatted(trailer),
                            "Send the message without that line."));
        }
    }

    private static boolean claims(String line, String trailer) {
        int colon = line.indexOf(':');
        return colon >= 0
                && FoldedName.of(line.substring(0, colon).strip()).equals(FoldedName.of(trailer));
    }

    private static PathRefused changed(WorkspacePath path) {
        return new PathRefused(
                Refusal.byYou(
                        RuleId.HALLUCINATION_STALE_READ,
                        "`%s` no longer holds what this shift wrote.".formatted(path),
                        "Read `%s` again and write what it must hold, then commit.".formatted(path),
                        NextCall.of("view_file", "path", path.toString())));
    }

    private static PathRefused moved(CommitRequest request, Optional<CommitId> now) {
        String before = request.onto().map(CommitId::shortened).orElse("an empty repository");
        String after = now.map(CommitId::shortened).orElse("an empty repository");
        return new PathRefused(
                Refusal.byYou(
                        RuleId.HALLUCINATION_STALE_READ,
                        "HEAD has moved from %s to %s meanwhile.".formatted(before, after),
                        "Commit again; look first at what came in between if it touches your"
                                + " files.",
                        NextCall.of("shift_status")));
    }

    private static PathRefused nothing() {
        return new PathRefused(
                Refusal.byYou(
                        RuleId.ARGUMENT_INVALID,
                        "These files are already committed as they are.",
                        "Go on without a commit.",
                        NextCall.of("shift_status")));
    }

    private static PathRefused underWay() {
        return new PathRefused(
                Refusal.by(
                        Opener.HUMAN,
                        RuleId.LANE_UNLOGGED_CHANGE,
                        "A merge, rebase or the like is under way in the work tree.",
                        "Ask a person to finish or abort it, then commit again."));
    }
}
