package dev.wharfinger.workspace;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A file made behind {@link OpenatWall}. */
final class OpenatNewFile implements NewFile {
    private static final int CHUNK = 64 * 1024;

    private final Kernel kernel;
    private final int descriptor;
    private final WorkspacePath path;

    OpenatNewFile(Kernel kernel, int descriptor, WorkspacePath path) {
        this.kernel = kernel;
        this.descriptor = descriptor;
        this.path = path;
    }

    @Override
    public Object key() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return Status.of(kernel, arena, descriptor, path).key();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(Math.clamp(length, 1, CHUNK));
            int done = 0;
            while (done < length) {
                int part = Math.min(length - done, CHUNK);
                MemorySegment.copy(bytes, offset + done, buffer, ValueLayout.JAVA_BYTE, 0, part);
                done += writeSome(buffer, part);
            }
        }
    }

    private int writeSome(MemorySegment buffer, int length) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int call = kernel.machine().write;
            long result = kernel.call(arena, call, descriptor, buffer.address(), length, 0, 0);
            if (result <= 0) {
                throw Errno.failure(result, path, "write");
            }
            return (int) result;
        }
    }

    @Override
    public void mode(int mode) throws IOException {
        check(kernel.machine().fchmod, mode, "set the mode");
    }

    @Override
    public void sync() throws IOException {
        check(kernel.machine().fsync, 0, "sync");
    }

    @Override
    public void close() {
        kernel.close(descriptor);
    }

    private void check(int call, long argument, String doing) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long result = kernel.call(arena, call, descriptor, argument, 0, 0, 0);
            if (result < 0) {
                throw Errno.failure(result, path, doing);
            }
        }
    }
}
