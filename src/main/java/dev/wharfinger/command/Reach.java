package dev.wharfinger.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of the file system one command may reach: it reads the system, the tools and the user's home
 * without what is hidden; it writes its working folder, its temporary folder and the usual caches
 * of build tools. Landlock only adds, so a folder that holds something hidden is opened child by
 * child, and itself can neither be listed nor get new children.
 *
 * <p>{@code /proc} stays shut but for the figures of the machine: java, node, git, Maven, npm and
 * Python were seen to run so. Of {@code /tmp} only the command's own folder is open.
 */
final class Reach {
    private static final List<String> SYSTEM =
            List.of(
                    "/usr",
                    "/bin",
                    "/sbin",
                    "/lib",
                    "/lib32",
                    "/lib64",
                    "/libx32",
                    "/etc",
                    "/opt",
                    "/nix/store",
                    "/snap",
                    "/home/linuxbrew",
                    "/run/systemd/resolve",
                    "/run/nscd",
                    "/sys/devices/system/cpu",
                    "/sys/devices/system/node",
                    "/sys/fs/cgroup",
                    "/sys/kernel/mm",
                    "/proc/meminfo",
                    "/proc/cpuinfo",
                    "/proc/stat",
                    "/proc/version",
                    "/proc/loadavg",
                    "/proc/uptime",
                    "/proc/filesystems",
                    "/proc/sys");

    private static final List<String> DEVICES =
            List.of("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom");

    /** Beneath the home folder: keys and tokens that no build needs. */
    private static final List<String> KEYS =
            List.of(
                    ".ssh",
                    ".gnupg",
                    ".aws",
                    ".azure",
                    ".kube",
                    ".config/gcloud",
                    ".config/gh",
                    ".docker/config.json",
                    ".netrc",
                    ".git-credentials",
                    ".pgpass",
                    ".password-store",
                    ".local/share/keyrings",
                    ".local/state/wharfinger");

    /** Beneath the home folder: caches that are made where they are missing. */
    private static final List<String> CACHES = List.of(".m2", ".npm", ".cache");

    /** Beneath the home folder: caches that are used where they are there. */
    private static final List<String> OTHER_CACHES =
            List.of(
                    ".gradle",
                    ".cargo/registry",
                    ".cargo/git",
                    ".yarn",
                    ".local/share/pnpm",
                    "go/pkg",
                    ".ivy2",
                    ".nuget/packages",
                    ".sbt",
                    ".bun/install");

    private final Map<Path, Landlock.Access> rules = new LinkedHashMap<>();
    private final List<Path> hidden = new ArrayList<>();

    private Reach() {}

    /**
     * The reach of a command.
     *
     * @param environment where {@code PATH}, {@code HOME} and {@code JAVA_HOME} are looked up
     */
    static Reach of(Path folder, Path scratch, List<Path> hidden, Map<String, String> environment)
            throws IOException {
        Reach reach = new Reach();
        Optional<Path> home = absolute(environment.get("HOME"));
        hidden.forEach(path -> reach.hidden.add(realest(path)));
        home.ifPresent(at -> KEYS.forEach(key -> reach.hidden.add(realest(at.resolve(key)))));
        SYSTEM.forEach(path -> reach.open(Path.of(path), Landlock.Access.READ));
        DEVICES.forEach(path -> reach.open(Path.of(path), Landlock.Access.DEVICE));
        reach.open(Path.of("/dev/shm"), Landlock.Access.WRITE);
        reach.openTools(environment, home);
        if (home.isPresent()) {
            reach.openHome(home.get());
        }
        // Both are the command's own, even where they lie inside what is hidden.
        reach.openOwn(folder.toRealPath());
        reach.openOwn(scratch.toRealPath());
        return reach;
    }

    /** The rules as the kernel takes them. */
    Landlock toLandlock() throws IOException {
        Landlock landlock = Landlock.create();
        try {
            for (Map.Entry<Path, Landlock.Access> rule : rules.entrySet()) {
                landlock.allow(rule.getKey(), rule.getValue());
            }
            return landlock;
        } catch (IOException | RuntimeException broken) {
            landlock.close();
            throw broken;
        }
    }

    private void openTools(Map<String, String> environment, Optional<Path> home) {
        List<Path> tools = new ArrayList<>(Programs.folders(environment.getOrDefault("PATH", "")));
        absolute(environment.get("JAVA_HOME")).ifPresent(java -> tools.add(java.resolve("bin")));
        absolute(System.getProperty("java.home")).ifPresent(java -> tools.add(java.resolve("bin")));
        for (Path folder : tools) {
            open(folder, Landlock.Access.READ);
            Path real = realest(folder);
            if (real.endsWith("bin") && real.getNameCount() > 2 && !home.equals(beside(real))) {
                // A tool in …/bin has its libraries beside it.
                beside(real).ifPresent(parent -> open(parent, Landlock.Access.READ));
            }
        }
    }

    private static Optional<Path> beside(Path folder) {
        return Optional.ofNullable(folder.getParent());
    }

    private void openHome(Path home) {
        if (!home.toFile().isDirectory() || home.getParent() == null) {
            return;
        }
        open(home, Landlock.Access.READ);
        for (String cache : CACHES) {
            File folder = home.resolve(cache).toFile();
            if (folder.isDirectory() || folder.mkdir()) {
                open(folder.toPath(), Landlock.Access.WRITE);
            }
        }
        OTHER_CACHES.forEach(cache -> open(home.resolve(cache), Landlock.Access.WRITE));
    }

    private void openOwn(Path real) {
        boolean holdsHidden = hidden.stream().anyMatch(path -> path.startsWith(real));
        if (holdsHidden) {
            openChildren(real, Landlock.Access.WRITE);
        } else {
            add(real, Landlock.Access.WRITE);
        }
    }

    private void open(Path path, Landlock.Access access) {
        Path real;
        try {
            real = path.toRealPath();
        } catch (IOException missing) {
            return;
        }
        if (hidden.stream().anyMatch(real::startsWith)) {
            return;
        }
        if (hidden.stream().anyMatch(secret -> secret.startsWith(real))) {
            openChildren(real, access);
        } else {
            add(real, access);
        }
    }

    private void openChildren(Path folder, Landlock.Access access) {
        String[] names = folder.toFile().list();
        for (String name : names == null ? new String[0] : names) {
            Path child = folder.resolve(name);
            // A link needs no rule of its own, and what it leads to is not ours to open.
            if (Posix.readLink(child.toString()).isEmpty()) {
                open(child, access);
            }
        }
    }

    private void add(Path real, Landlock.Access access) {
        rules.merge(real, access, (old, more) -> more == Landlock.Access.READ ? old : more);
    }

    /** The real path as far as it exists, the rest as written. */
    private static Path realest(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path known = absolute; known != null; known = known.getParent()) {
            try {
                return known.toRealPath().resolve(known.relativize(absolute)).normalize();
            } catch (IOException missing) {
                // The parent may exist.
                continue;
            }
        }
        return absolute;
    }

    private static Optional<Path> absolute(@org.jspecify.annotations.Nullable String path) {
        return Optional.ofNullable(path).filter(text -> text.startsWith("/")).map(Path::of);
    }
}
