package dev.wharfinger.workspace;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Instant;

/** {@code statx(2)}: the facts of a descriptor or of a name in a folder, links not followed. */
final class Status {
    private static final int SIZE = 256;
    private static final int EMPTY_PATH = 0x1000;
    private static final int NO_FOLLOW = 0x100;
    private static final int NO_AUTOMOUNT = 0x800;
    private static final int BASIC = 0x7ff;

    /** Device and number of a file: the same for the same file, by whatever name. */
    private record Key(int major, int minor, long inode) {}

    private Status() {}

    static Facts of(Kernel kernel, Arena arena, int descriptor, WorkspacePath path)
            throws IOException {
        MemorySegment answer = arena.allocate(SIZE, 8);
        long result = ask(kernel, arena, descriptor, "", EMPTY_PATH, answer);
        if (result < 0) {
            throw Errno.failure(result, path, "stat");
        }
        return read(answer);
    }

    /** The answer's error number, negated, is left to the caller: a missing name is no failure. */
    static long ask(
            Kernel kernel, Arena arena, int folder, String name, int flags, MemorySegment answer) {
        return kernel.call(
                arena,
                kernel.machine().statx,
                folder,
                arena.allocateFrom(name).address(),
                flags | NO_FOLLOW | NO_AUTOMOUNT,
                BASIC,
                answer.address());
    }

    static MemorySegment room(Arena arena) {
        return arena.allocate(SIZE, 8);
    }

    static Facts read(MemorySegment answer) {
        ByteBuffer facts = Kernel.bytes(answer);
        int mode = facts.getShort(28) & 0xffff;
        var key = new Key(facts.getInt(136), facts.getInt(140), facts.getLong(32));
        return new Facts(
                kind(mode),
                facts.getLong(40),
                Integer.toUnsignedLong(facts.getInt(16)),
                mode & 0777,
                key,
                time(facts, 112),
                time(facts, 96));
    }

    private static Instant time(ByteBuffer facts, int at) {
        return Instant.ofEpochSecond(facts.getLong(at), facts.getInt(at + 8));
    }

    private static Facts.Kind kind(int mode) {
        return switch (mode & 0170000) {
            case 0100000 -> Facts.Kind.FILE;
            case 0040000 -> Facts.Kind.FOLDER;
            case 0120000 -> Facts.Kind.LINK;
            default -> Facts.Kind.OTHER;
        };
    }
}
