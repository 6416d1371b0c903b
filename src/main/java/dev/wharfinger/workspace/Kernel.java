package dev.wharfinger.workspace;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * System calls by number, through one downcall handle of the C library's {@code syscall}: one
 * handle is linked once, however many calls there are. A call answers its result, or the error
 * number negated. Linked when the class is first used, so that a process that opens no tree pays
 * nothing.
 */
final class Kernel {
    /** {@code AT_FDCWD}: the path counts from the working folder. */
    static final int WORKING_FOLDER = -100;

    private static final int OPENAT2 = 437;
    private static final long BENEATH = 8;
    private static final long NO_SYMLINKS = 4;
    private static final long NO_MAGICLINKS = 2;
    private static final long NO_XDEV = 1;
    private static final long CONFINED = BENEATH | NO_SYMLINKS | NO_MAGICLINKS | NO_XDEV;
    private static final int TRIES = 8;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final int ERRNO = offset("errno");
    private static final MethodHandle SYSCALL = link();

    private final Machine machine;

    Kernel(Machine machine) {
        this.machine = machine;
    }

    Machine machine() {
        return machine;
    }

    /**
     * Opens a name beneath a folder, following no link and leaving neither the folder nor its file
     * system. The kernel answers EAGAIN where a rename ran across it; then it is asked again, at
     * most eight times in all.
     */
    long openBeneath(Arena arena, int folder, String name, int flags, int mode) {
        MemorySegment path = arena.allocateFrom(name);
        MemorySegment how = arena.allocate(24, 8);
        bytes(how).putLong(flags | Flags.CLOEXEC).putLong(mode).putLong(CONFINED);
        long result = -Errno.AGAIN;
        for (int i = 0; i < TRIES && result == -Errno.AGAIN; i++) {
            result = call(arena, OPENAT2, folder, path.address(), how.address(), 24, 0);
        }
        return result;
    }

    /** Opens a folder by a path that a person configured, links and all. */
    long openTrusted(Arena arena, byte[] path) {
        MemorySegment text = arena.allocate(path.length + 1L);
        text.asByteBuffer().put(path);
        long flags = machine.directoryFlag | Flags.CLOEXEC;
        return call(arena, machine.openat, WORKING_FOLDER, text.address(), flags, 0, 0);
    }

    long call(Arena arena, int number, long a, long b, long c, long d, long e) {
        MemorySegment state = arena.allocate(STATE);
        long result;
        do {
            result = invoke(state, number, a, b, c, d, e);
        } while (result == -Errno.INTR);
        return result;
    }

    /** Closes a descriptor. Never tried twice: after an error the number may be another file's. */
    void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            invoke(arena.allocate(STATE), machine.close, descriptor, 0, 0, 0, 0);
        }
    }

    private static long invoke(
            MemorySegment state, long number, long a, long b, long c, long d, long e) {
        try {
            long result = (long) SYSCALL.invokeExact(state, number, a, b, c, d, e, 0L);
            return result < 0 ? -errno(state) : result;
        } catch (RuntimeException | Error unchecked) {
            throw unchecked;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a downcall throws nothing checked", impossible);
        }
    }

    private static int errno(MemorySegment state) {
        return bytes(state).getInt(ERRNO);
    }

    /** As a buffer: reading through a layout would link method handles for milliseconds. */
    static ByteBuffer bytes(MemorySegment segment) {
        return segment.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    private static int offset(String member) {
        long offset = 0;
        for (MemoryLayout each : STATE.memberLayouts()) {
            if (each.name().filter(member::equals).isPresent()) {
                return Math.toIntExact(offset);
            }
            offset += each.byteSize();
        }
        throw new IllegalStateException("this JDK captures no " + member);
    }

    /**
     * Not linked as variadic, though C declares {@code syscall} so: that takes 9 ms more at a
     * start. On Linux, on both machines that we know, whole numbers travel in the same registers
     * either way, and the C libraries read no others here.
     */
    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                        JAVA_LONG),
                Linker.Option.captureCallState("errno"));
    }

    /** Flags of {@code open} that are the same on every machine we know. */
    static final class Flags {
        static final int READ = 0;
        static final int WRITE = 1;
        static final int CREATE = 0100;
        static final int EXCLUSIVE = 0200;
        static final int NO_TERMINAL = 0400;
        static final int NO_WAITING = 04000;
        static final int CLOEXEC = 02000000;

        private Flags() {}
    }
}
