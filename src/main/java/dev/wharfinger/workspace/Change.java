package dev.wharfinger.workspace;

/** One path that differs between two states of the tree. */
public record Change(WorkspacePath path, Kind kind) {
    /** How it differs. {@code UNTRACKED} occurs only in a comparison with the work tree. */
    public enum Kind {
        ADDED,
        MODIFIED,
        DELETED,
        UNTRACKED
    }
}
