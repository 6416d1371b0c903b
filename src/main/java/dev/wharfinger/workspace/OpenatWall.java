package dev.wharfinger.workspace;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The main wall: one {@code openat2} beneath the root's descriptor settles a whole path in the
 * kernel, so that nothing can be swapped between a check and its use. Linux 5.6 and later.
 */
final class OpenatWall implements Wall {
    static final String NAME = "openat2";

    private final Kernel kernel;
    private final int root;

    private OpenatWall(Kernel kernel, int root) {
        this.kernel = kernel;
        this.root = root;
    }

    /** The wall around this folder, or nothing where the machine has none or it does not hold. */
    static Optional<OpenatWall> open(Path root) throws IOException {
        Optional<Machine> machine = Machine.here();
        if (machine.isEmpty() || !OpenatWall.class.getModule().isNativeAccessEnabled()) {
            return Optional.empty();
        }
        var kernel = new Kernel(machine.get());
        return holds(kernel)
                ? Optional.of(new OpenatWall(kernel, openRoot(kernel, root)))
                : Optional.empty();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Folder> folder(WorkspacePath path) throws IOException {
        return OpenatFolder.open(kernel, root, path.toString(), path);
    }

    @Override
    public Optional<OpenFile> file(WorkspacePath path) throws IOException {
        return OpenatFile.open(kernel, root, path.toString(), path);
    }

    @Override
    public void close() {
        kernel.close(root);
    }

    private static int openRoot(Kernel kernel, Path root) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long result = kernel.openTrusted(arena, RawName.bytes(root));
            if (result == -Errno.NOTDIR) {
                throw new NotDirectoryException(root.toString());
            }
            if (result == -Errno.NOENT) {
                throw new NoSuchFileException(root.toString());
            }
            if (result < 0) {
                throw Errno.failure(result, WorkspacePath.ROOT, "open " + root);
            }
            return (int) result;
        }
    }

    /**
     * Tries the wall before it is trusted, on what every Linux has: a step out of {@code /proc},
     * its link {@code self}, and the mount of {@code /proc} seen from {@code /}. A kernel or a
     * sandbox that does not know the call answers otherwise, and then the other wall is used.
     */
    private static boolean holds(Kernel kernel) {
        try (Arena arena = Arena.ofConfined()) {
            long proc = kernel.openTrusted(arena, new byte[] {'/', 'p', 'r', 'o', 'c'});
            long top = kernel.openTrusted(arena, new byte[] {'/'});
            try {
                return proc >= 0
                        && top >= 0
                        && refuses(kernel, arena, (int) proc, "..", Errno.XDEV)
                        && refuses(kernel, arena, (int) proc, "self/stat", Errno.LOOP)
                        && refuses(kernel, arena, (int) top, "proc/stat", Errno.XDEV);
            } finally {
                close(kernel, proc);
                close(kernel, top);
            }
        }
    }

    private static boolean refuses(Kernel kernel, Arena arena, int folder, String name, int with) {
        long result = kernel.openBeneath(arena, folder, name, Kernel.Flags.READ, 0);
        close(kernel, result);
        return result == -with;
    }

    private static void close(Kernel kernel, long descriptor) {
        if (descriptor >= 0) {
            kernel.close((int) descriptor);
        }
    }
}
