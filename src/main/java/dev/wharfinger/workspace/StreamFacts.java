package dev.wharfinger.workspace;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** What the JDK says of a name in a folder, as {@link Facts}. */
final class StreamFacts {
    private StreamFacts() {}

    static Facts of(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        PosixFileAttributes all =
                folder.getFileAttributeView(name, PosixFileAttributeView.class, NOFOLLOW_LINKS)
                        .readAttributes();
        return new Facts(
                kind(all),
                all.size(),
                0,
                mode(all.permissions()),
                all.fileKey(),
                all.lastModifiedTime().toInstant(),
                Instant.MAX);
    }

    /** How many names the file has; 0 where the path meanwhile leads to another file. */
    static long links(Path path, Facts facts) {
        try {
            Map<String, Object> seen =
                    Files.readAttributes(path, "unix:nlink,fileKey", NOFOLLOW_LINKS);
            return Objects.equals(seen.get("fileKey"), facts.key())
                            && seen.get("nlink") instanceof Number links
                    ? links.longValue()
                    : 0;
        } catch (IOException movedAway) {
            return 0;
        }
    }

    /** A failure that has no better name is what the caller found out about the path. */
    static IOException refusal(
            IOException failed,
            WorkspacePath path,
            Function<WorkspacePath, PathRefused> otherwise) {
        return switch (failed) {
            case NoSuchFileException missing -> missing;
            case AccessDeniedException denied -> PathRefused.notPermitted(path);
            default -> otherwise.apply(path);
        };
    }

    static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] all = PosixFilePermission.values();
        var set = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < all.length; bit++) {
            if ((mode & 0400 >> bit) != 0) {
                set.add(all[bit]);
            }
        }
        return set;
    }

    private static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (PosixFilePermission permission : permissions) {
            mode |= 0400 >> permission.ordinal();
        }
        return mode;
    }

    private static Facts.Kind kind(PosixFileAttributes all) {
        if (all.isSymbolicLink()) {
            return Facts.Kind.LINK;
        }
        if (all.isDirectory()) {
            return Facts.Kind.FOLDER;
        }
        return all.isRegularFile() ? Facts.Kind.FILE : Facts.Kind.OTHER;
    }
}
