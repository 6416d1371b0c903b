package dev.wharfinger.workspace;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A regular file behind {@link OpenatWall}, judged by its descriptor and not by its name. */
final class OpenatFile implements OpenFile {
    private static final int CHUNK = 64 * 1024;
    private static final int LOCK_EXCLUSIVE_AT_ONCE = 2 | 4;

    private final Kernel kernel;
    private final int descriptor;
    private final WorkspacePath path;
    private final Facts facts;

    private OpenatFile(Kernel kernel, int descriptor, WorkspacePath path, Facts facts) {
        this.kernel = kernel;
        this.descriptor = descriptor;
        this.path = path;
        this.facts = facts;
    }

    static Optional<OpenFile> open(Kernel kernel, int folder, String name, WorkspacePath path)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            // Without waiting: a FIFO in the way must not stop the server.
            int flags = Kernel.Flags.READ | Kernel.Flags.NO_WAITING | Kernel.Flags.NO_TERMINAL;
            long result = kernel.openBeneath(arena, folder, name, flags, 0);
            if (result == -Errno.NOENT) {
                return Optional.empty();
            }
            if (result < 0) {
                throw Errno.failure(result, path, "open");
            }
            int descriptor = (int) result;
            try {
                Facts facts = Status.of(kernel, arena, descriptor, path);
                check(facts, path);
                return Optional.of(new OpenatFile(kernel, descriptor, path, facts));
            } catch (IOException refused) {
                kernel.close(descriptor);
                throw refused;
            }
        }
    }

    private static void check(Facts facts, WorkspacePath path) throws PathRefused {
        if (facts.kind() != Facts.Kind.FILE) {
            throw PathRefused.notAFile(path);
        }
        if (facts.links() != 1) {
            throw PathRefused.hardLink(path);
        }
    }

    @Override
    public Facts facts() {
        return facts;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int wanted = Math.min(length, CHUNK);
            MemorySegment buffer = arena.allocate(Math.max(1, wanted));
            long result =
                    kernel.call(
                            arena,
                            kernel.machine().read,
                            descriptor,
                            buffer.address(),
                            wanted,
                            0,
                            0);
            if (result < 0) {
                throw Errno.failure(result, path, "read");
            }
            MemorySegment.copy(buffer, JAVA_BYTE, 0, into, offset, (int) result);
            return (int) result;
        }
    }

    @Override
    public boolean isHeld() {
        return !hold(kernel, descriptor);
    }

    @Override
    public void close() {
        kernel.close(descriptor);
    }

    /** Takes the lock that says that somebody still works on the file; whether it was free. */
    static boolean hold(Kernel kernel, int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            int flock = kernel.machine().flock;
            return kernel.call(arena, flock, descriptor, LOCK_EXCLUSIVE_AT_ONCE, 0, 0, 0) == 0;
        }
    }
}
