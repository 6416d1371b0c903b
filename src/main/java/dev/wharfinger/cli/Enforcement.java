package dev.wharfinger.cli;

import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.deploy.LocalSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the walls hold against whoever works in the project: they do where this process runs as a
 * user of its own, who alone can write state, targets and approvers. Computed, never configured.
 */
record Enforcement(boolean enforced, List<String> why) {
    private static final String ROOT = "root";

    Enforcement {
        why = List.copyOf(why);
    }

    /** As clients see it. */
    String text() {
        return enforced ? "enforced" : "advisory";
    }

    /** How it stands for this project, as this process is run. */
    static Enforcement of(ProjectFolder folder) {
        String me = System.getProperty("user.name", "");
        var why = new ArrayList<String>();
        try {
            String worker = owner(folder.root());
            if (worker.equals(me)) {
                why.add("the server runs as " + me + ", who owns the project and works in it");
            }
            open(folder.state().path(), me).ifPresent(why::add);
            for (EnvironmentSettings environment : folder.config().environments().values()) {
                if (environment.target() instanceof LocalSettings local) {
                    open(local.dir(), me).ifPresent(why::add);
                }
            }
        } catch (IOException e) {
            why.add("it cannot be seen: " + e.getMessage());
        }
        return new Enforcement(why.isEmpty(), why);
    }

    private static String owner(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .owner()
                .getName();
    }

    /** Why somebody else can change what lies there: by it, or by a folder above it. */
    private static Optional<String> open(Path path, String me) throws IOException {
        for (Path at = path.toAbsolutePath(); at != null; at = at.getParent()) {
            if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                continue; // it will be made by this process, below what is looked at next
            }
            var seen =
                    Files.readAttributes(at, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            String owner = seen.owner().getName();
            boolean others =
                    seen.permissions().contains(PosixFilePermission.OTHERS_WRITE)
                            || (seen.permissions().contains(PosixFilePermission.GROUP_WRITE)
                                    && !seen.group().getName().equals(ROOT));
            boolean sticky = at.equals(Path.of("/tmp")); // there nobody removes what is another's
            if (!owner.equals(me) && !owner.equals(ROOT)) {
                return Optional.of(at + " belongs to " + owner);
            }
            if (others && !sticky) {
                return Optional.of(at + " can be written by others");
            }
        }
        return Optional.empty();
    }
}
