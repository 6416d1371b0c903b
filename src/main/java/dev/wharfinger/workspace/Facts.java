package dev.wharfinger.workspace;

import java.time.Instant;

/**
 * What the file system says of one name or one open file, links not followed. {@code key} is equal
 * for the same file and different for different files that exist at the same time. {@code links} is
 * 0 where the wall cannot count them. {@code changed} is when anything about the file last changed,
 * which no user can set back; {@link Instant#MAX} where the wall cannot tell.
 */
record Facts(
        Kind kind, long size, long links, int mode, Object key, Instant modified, Instant changed) {
    enum Kind {
        FILE,
        FOLDER,
        LINK,
        OTHER;

        FolderEntry.Kind shown() {
            return switch (this) {
                case FILE -> FolderEntry.Kind.FILE;
                case FOLDER -> FolderEntry.Kind.FOLDER;
                case LINK, OTHER -> FolderEntry.Kind.OTHER;
            };
        }
    }

    boolean isExecutable() {
        return (mode & 0100) != 0;
    }
}
