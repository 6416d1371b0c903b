package dev.wharfinger.tool;

import dev.wharfinger.workspace.Change;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.Git;
import dev.wharfinger.workspace.SourceDigest;
import dev.wharfinger.workspace.WorkspacePath;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is in the commit: its source digest, its versions, and what the work tree has beside it. */
final class Sources {
    private final Project project;
    private final List<PathMatcher> ignored;
    private final Map<CommitId, SourceDigest> digests = new ConcurrentHashMap<>();

    Sources(Project project) {
        this.project = project;
        this.ignored =
                project.settings().ignored().stream()
                        .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                        .toList();
    }

    Git git() {
        return project.workspace().git();
    }

    /** HEAD, where there is a repository with a commit. */
    Optional<CommitId> head() {
        return git().isPresent() ? git().head() : Optional.empty();
    }

    /** SHA-256 over the commit's tree without the ledger and what proofs ignore. */
    SourceDigest digest(CommitId commit) {
        return digests.computeIfAbsent(commit, id -> git().sourceDigest(id, this::leftOut));
    }

    private boolean leftOut(WorkspacePath path) {
        return project.settings().ledger().all().contains(path)
                || ignored.stream().anyMatch(glob -> glob.matches(Path.of(path.toString())));
    }

    /**
     * The versions that this commit really has: its tags, with and without {@code v}, and its
     * manifest's.
     */
    List<String> versions(CommitId commit) {
        var versions = new ArrayList<String>();
        for (String tag : git().tagsAt(commit)) {
            String bare = tag.matches("v\\d.*") ? tag.substring(1) : tag;
            versions.add(bare);
        }
        ManifestVersion.of(path -> git().blob(commit, path)).ifPresent(versions::add);
        return versions.stream().distinct().toList();
    }

    /**
     * Files of the work tree that differ from HEAD, are no ledger, and were written by no open
     * shift.
     */
    List<String> unlogged() {
        var own = new ArrayList<WorkspacePath>();
        project.state().openShifts().forEach(shift -> own.addAll(shift.uncommitted().keySet()));
        return git().status().stream()
                .filter(change -> change.kind() != Change.Kind.UNTRACKED)
                .map(Change::path)
                .filter(path -> !leftOut(path) && !own.contains(path))
                .map(WorkspacePath::toString)
                .toList();
    }
}
