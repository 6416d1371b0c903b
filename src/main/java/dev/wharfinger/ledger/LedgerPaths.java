package dev.wharfinger.ledger;

import dev.wharfinger.workspace.WorkspacePath;

import java.util.List;
import java.util.Optional;

/** Where a project keeps its ledger. */
public record LedgerPaths(
        WorkspacePath plan,
        WorkspacePath handoff,
        WorkspacePath sessionLog,
        WorkspacePath raidLog,
        WorkspacePath charter,
        WorkspacePath memory,
        WorkspacePath runbook) {
    /** The places that hold where {@code wharf.yaml} names no others. */
    public static final LedgerPaths DEFAULT =
            new LedgerPaths(
                    WorkspacePath.of("PLAN.md"),
                    WorkspacePath.of("HANDOFF_NOTES.md"),
                    WorkspacePath.of("SESSION_LOG.md"),
                    WorkspacePath.of("RAID_LOG.md"),
                    WorkspacePath.of("CHARTER.md"),
                    WorkspacePath.of(".raps/MEMORY.md"),
                    WorkspacePath.of("DEPLOYMENT_RUNBOOK.md"));

    public LedgerPaths {
        var all = List.of(plan, handoff, sessionLog, raidLog, charter, memory, runbook);
        if (all.stream().distinct().count() != all.size()) {
            throw new IllegalArgumentException("two ledger files have the same path: " + all);
        }
    }

    public WorkspacePath path(LedgerFile file) {
        return switch (file) {
            case PLAN -> plan;
            case HANDOFF -> handoff;
            case SESSION_LOG -> sessionLog;
            case RAID_LOG -> raidLog;
            case CHARTER -> charter;
            case MEMORY -> memory;
            case RUNBOOK -> runbook;
        };
    }

    /** The ledger file at that path, if one is there. */
    public Optional<LedgerFile> at(WorkspacePath path) {
        for (LedgerFile file : LedgerFile.values()) {
            if (path(file).equals(path)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** All seven, in the order of {@link LedgerFile}. */
    public List<WorkspacePath> all() {
        return List.of(plan, handoff, sessionLog, raidLog, charter, memory, runbook);
    }
}
