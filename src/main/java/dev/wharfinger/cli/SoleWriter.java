package dev.wharfinger.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * One user who, beside root, alone can change what lies at a path: neither the thing itself nor a
 * folder above it, as written and where links lead, can be written by anybody else.
 */
record SoleWriter(String user) {
    private static final String ROOT = "root";
    private static final int STICKY = 01000;
    private static final int MOST_ENTRIES = 10_000;

    /** Why somebody else can change it, or what lies in it; empty where nobody can. */
    Optional<String> other(Path path) throws IOException {
        Path written = path.toAbsolutePath().normalize();
        Path real = real(written);
        Optional<String> open = above(written, false);
        if (open.isEmpty() && !real.equals(written)) {
            open = above(real, false);
        }
        return open.isEmpty() && Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)
                ? within(real)
                : open;
    }

    /** The same, but whoever has the thing's group may write to it: a socket. */
    Optional<String> otherPlace(Path path) throws IOException {
        Path written = path.toAbsolutePath().normalize();
        Path real = real(written);
        Optional<String> open = above(written, true);
        return open.isEmpty() && !real.equals(written) ? above(real, true) : open;
    }

    private Optional<String> above(Path path, boolean groupMayUseIt) throws IOException {
        boolean held = false; // whether what lies below is there, and nobody else's
        for (Path at = path; at != null; at = at.getParent()) {
            if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                continue; // it would be made by whoever can write to what is looked at next
            }
            var seen = attributes(at);
            if (!isOurs(seen)) {
                return Optional.of(at + " belongs to " + seen.owner().getName());
            }
            boolean guarded = held && isSticky(at);
            boolean used = groupMayUseIt && at.equals(path) && !others(seen);
            if (isOpen(seen) && !guarded && !used) {
                return Optional.of(at + " can be written by others");
            }
            held = true;
        }
        return Optional.empty();
    }

    /** What lies in a folder that others can enter. */
    private Optional<String> within(Path folder) throws IOException {
        Set<PosixFilePermission> modes = attributes(folder).permissions();
        if (!modes.contains(PosixFilePermission.OTHERS_EXECUTE)
                && !modes.contains(PosixFilePermission.GROUP_EXECUTE)) {
            return Optional.empty();
        }
        try (var entries = Files.list(folder)) {
            for (Path entry : entries.limit(MOST_ENTRIES).toList()) {
                if (!Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
                    continue; // gone meanwhile
                }
                var seen = attributes(entry);
                if (!isOurs(seen) || isOpen(seen)) {
                    return Optional.of(entry + " can be written by others");
                }
            }
        }
        return Optional.empty();
    }

    private boolean isOurs(PosixFileAttributes seen) {
        String owner = seen.owner().getName();
        return owner.equals(user) || owner.equals(ROOT);
    }

    /** A link's own mode means nothing. An access list shows as what its group may at most do. */
    private static boolean isOpen(PosixFileAttributes seen) {
        boolean group =
                seen.permissions().contains(PosixFilePermission.GROUP_WRITE)
                        && !seen.group().getName().equals(ROOT);
        return !seen.isSymbolicLink() && (group || others(seen));
    }

    private static boolean others(PosixFileAttributes seen) {
        return seen.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }

    /** In such a folder nobody removes or renames what is another's. */
    private static boolean isSticky(Path folder) throws IOException {
        Object mode = Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return mode instanceof Integer bits && (bits & STICKY) != 0;
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** The real path as far as there is one, the rest as written. */
    private static Path real(Path path) throws IOException {
        for (Path at = path; at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                return at.toRealPath().resolve(at.relativize(path)).normalize();
            }
        }
        return path;
    }
}
