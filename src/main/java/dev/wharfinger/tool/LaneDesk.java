package dev.wharfinger.tool;

import dev.wharfinger.approval.Kind;
import dev.wharfinger.policy.AskedDigest;
import dev.wharfinger.policy.DecidedGrant;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.workspace.FolderEntry;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.List;
import java.util.Optional;

/** What stands round a path that a shift wants to write, and what people said about it. */
record LaneDesk(Project project, Decisions decisions) {
    /** The leave that people gave this shift for this path. */
    Optional<DecidedGrant> leave(ShiftId shift, WorkspacePath path) {
        return decisions.leave(Kind.LANE, AskedDigest.lane(shift, path));
    }

    /** The nearest folder above it that exists. */
    WorkspacePath nearestFolder(WorkspacePath path) {
        Optional<WorkspacePath> folder = path.parent();
        while (folder.isPresent() && !exists(folder.get())) {
            folder = folder.get().parent();
        }
        return folder.orElse(WorkspacePath.ROOT);
    }

    private boolean exists(WorkspacePath folder) {
        return folder.equals(WorkspacePath.ROOT)
                || (project.workspace().list(folder, 1, 1)
                                instanceof Verdict.Granted<Optional<List<FolderEntry>>>(var found)
                        && found.isPresent());
    }
}
