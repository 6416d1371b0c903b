package dev.wharfinger.workspace;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** A folder behind {@link OpenatWall}: a descriptor, and calls that take one name each. */
final class OpenatFolder implements Folder {
    private static final int NO_REPLACE = 1;
    private static final int FOLDER_MODE = 0770;
    private static final int LINK_BYTES = 4096;

    private final Kernel kernel;
    private final int descriptor;
    private final WorkspacePath path;

    private OpenatFolder(Kernel kernel, int descriptor, WorkspacePath path) {
        this.kernel = kernel;
        this.descriptor = descriptor;
        this.path = path;
    }

    static Optional<Folder> open(Kernel kernel, int above, String name, WorkspacePath path)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int flags = Kernel.Flags.READ | kernel.machine().directoryFlag;
            long result = kernel.openBeneath(arena, above, name, flags, 0);
            if (result == -Errno.NOENT) {
                return Optional.empty();
            }
            if (result < 0) {
                throw Errno.failure(result, path, "open");
            }
            return Optional.of(new OpenatFolder(kernel, (int) result, path));
        }
    }

    @Override
    public WorkspacePath path() {
        return path;
    }

    @Override
    public Object key() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return Status.of(kernel, arena, descriptor, path).key();
        }
    }

    @Override
    public Optional<Facts> facts(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = Status.room(arena);
            long result = Status.ask(kernel, arena, descriptor, name, 0, answer);
            if (result == -Errno.NOENT) {
                return Optional.empty();
            }
            check(result, name, "stat");
            return Optional.of(Status.read(answer));
        }
    }

    @Override
    public Optional<OpenFile> file(String name) throws IOException {
        return OpenatFile.open(kernel, descriptor, name, at(name));
    }

    @Override
    public Optional<Folder> folder(String name) throws IOException {
        return open(kernel, descriptor, name, at(name));
    }

    @Override
    public List<Named> names(int limit) throws IOException {
        return FolderNames.read(kernel, descriptor, this, limit);
    }

    @Override
    public Optional<byte[]> linkText(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(LINK_BYTES);
            long to = arena.allocateFrom(name).address();
            int call = kernel.machine().readlinkat;
            long result = kernel.call(arena, call, descriptor, to, text.address(), LINK_BYTES, 0);
            if (result == -Errno.NOENT || result == -Errno.INVAL) {
                return Optional.empty();
            }
            check(result, name, "readlink");
            return Optional.of(text.asSlice(0, result).toArray(JAVA_BYTE));
        }
    }

    @Override
    public void makeFolder(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long to = arena.allocateFrom(name).address();
            int call = kernel.machine().mkdirat;
            long result = kernel.call(arena, call, descriptor, to, FOLDER_MODE, 0, 0);
            if (result != -Errno.EXIST) {
                check(result, name, "make the folder");
            }
        }
    }

    @Override
    public NewFile create(String name, int mode) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int flags =
                    Kernel.Flags.WRITE
                            | Kernel.Flags.CREATE
                            | Kernel.Flags.EXCLUSIVE
                            | kernel.machine().noFollowFlag;
            long result = kernel.openBeneath(arena, descriptor, name, flags, mode);
            check(result, name, "create");
            OpenatFile.hold(kernel, (int) result);
            return new OpenatNewFile(kernel, (int) result, at(name));
        }
    }

    @Override
    public void makeLink(String name, String text) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long says = arena.allocateFrom(text).address();
            long to = arena.allocateFrom(name).address();
            check(
                    kernel.call(arena, kernel.machine().symlinkat, says, descriptor, to, 0, 0),
                    name,
                    "make the link");
        }
    }

    @Override
    public void rename(String from, String to, boolean replacing) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long old = arena.allocateFrom(from).address();
            long now = arena.allocateFrom(to).address();
            int flags = replacing ? 0 : NO_REPLACE;
            int call = kernel.machine().renameat2;
            check(kernel.call(arena, call, descriptor, old, descriptor, now, flags), to, "rename");
        }
    }

    @Override
    public boolean remove(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long to = arena.allocateFrom(name).address();
            long result = kernel.call(arena, kernel.machine().unlinkat, descriptor, to, 0, 0, 0);
            if (result == -Errno.NOENT) {
                return false;
            }
            check(result, name, "remove");
            return true;
        }
    }

    @Override
    public void sync() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long result = kernel.call(arena, kernel.machine().fsync, descriptor, 0, 0, 0, 0);
            if (result < 0) {
                throw Errno.failure(result, path, "sync the folder");
            }
        }
    }

    @Override
    public void close() {
        kernel.close(descriptor);
    }

    /** For messages: names of our own making (temps) and strange ones are shown as the folder. */
    private WorkspacePath at(String name) {
        return path.tryChild(name).orElse(path);
    }

    private void check(long result, String name, String doing) throws IOException {
        if (result < 0) {
            throw Errno.failure(result, at(name), doing);
        }
    }
}
