package dev.wharfinger.workspace;

/**
 * One line of a listing. The size is in bytes and 0 for everything but files; links are shown as
 * {@code OTHER} and never followed.
 */
public record FolderEntry(WorkspacePath path, Kind kind, long size) {
    /** What stands under the name. */
    public enum Kind {
        FILE,
        FOLDER,
        OTHER
    }
}
