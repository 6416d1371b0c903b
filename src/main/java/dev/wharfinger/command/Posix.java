package dev.wharfinger.command;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The few calls of the C library that plain Java lacks. Where not said otherwise, each returns what
 * the C function returns, or the negated {@code errno}.
 */
final class Posix {
    static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");
    static final int SIGTERM = 15;
    static final int SIGKILL = 9;
    static final int EINTR = 4;

    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_CREAT = LINUX ? 0x40 : 0x200;
    static final int O_APPEND = LINUX ? 0x400 : 0x8;

    private static final int O_CLOEXEC = LINUX ? 0x80000 : 0x1000000;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final int P_PID = 1;
    private static final int WEXITED = 4;
    private static final int WNOWAIT = LINUX ? 0x0100_0000 : 0x20;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private Posix() {}

    /** A C function whose first {@code fixed} arguments are named; later ones are variadic. */
    static MethodHandle function(
            String name, int fixed, MemoryLayout result, MemoryLayout... arguments) {
        List<Linker.Option> options = new ArrayList<>();
        options.add(Linker.Option.captureCallState("errno"));
        if (fixed < arguments.length) {
            options.add(Linker.Option.firstVariadicArg(fixed));
        }
        MemorySegment symbol =
                LINKER.defaultLookup()
                        .find(name)
                        .orElseThrow(() -> new UnsupportedOperationException("no " + name));
        return LINKER.downcallHandle(
                symbol,
                FunctionDescriptor.of(result, arguments),
                options.toArray(Linker.Option[]::new));
    }

    /** Whether the C library here has that function. */
    static boolean has(String name) {
        return LINKER.defaultLookup().find(name).isPresent();
    }

    /** Calls, and answers the result or the negated errno where it is negative. */
    static long call(MethodHandle function, Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            List<Object> all = new ArrayList<>();
            all.add(state);
            all.addAll(Arrays.asList(arguments));
            long result = ((Number) function.invokeWithArguments(all)).longValue();
            return result < 0 ? -(int) ERRNO.get(state, 0L) : result;
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a C call threw", impossible);
        }
    }

    /** Sends a signal to a process, or to a process group where {@code pid} is negative. */
    static long kill(long pid, int signal) {
        return call(Calls.KILL, (int) pid, signal);
    }

    /** Blocks until the child has ended and leaves it a zombie, so that its number stays taken. */
    static void awaitEnd(long pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(256, 8);
            while (call(Calls.WAITID, P_PID, (int) pid, info, WEXITED | WNOWAIT) == -EINTR) {
                Thread.onSpinWait();
            }
        }
    }

    /** Takes the child's end; its exit, 128 and the signal where one ended it, or -1 if unknown. */
    static int reap(long pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            long result;
            do {
                result = call(Calls.WAITPID, (int) pid, status, 0);
            } while (result == -EINTR);
            if (result < 0) {
                return -1;
            }
            int code = status.get(JAVA_INT, 0);
            int signal = code & 0x7f;
            return signal == 0 ? (code >> 8) & 0xff : 128 + signal;
        }
    }

    /** A pipe, both ends closed on exec: where to read, where to write. */
    static int[] pipe() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(JAVA_INT, 2);
            check("pipe", call(Calls.PIPE, ends));
            int[] pair = {ends.getAtIndex(JAVA_INT, 0), ends.getAtIndex(JAVA_INT, 1)};
            for (int end : pair) {
                check("fcntl", call(Calls.FCNTL, end, F_SETFD, FD_CLOEXEC));
            }
            return pair;
        }
    }

    /** Makes a folder that only this user can enter; it must not exist. */
    static void makePrivateFolder(String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check("cannot make " + path, call(Calls.MKDIR, arena.allocateFrom(path), 0700));
        }
    }

    /** Opens a file, closed on exec: its descriptor, or the negated errno. */
    static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            return (int) call(Calls.OPEN, name, flags | O_CLOEXEC, 0600);
        }
    }

    /** Fills the buffer as far as there is something: how many bytes, 0 at the end. */
    static long read(int descriptor, MemorySegment buffer) {
        long count;
        do {
            count = call(Calls.READ, descriptor, buffer, buffer.byteSize());
        } while (count == -EINTR);
        return count;
    }

    /** The bytes of a small file, a {@code /proc} file for example, or nothing. */
    static Optional<byte[]> contents(String path) {
        int descriptor = open(path, O_RDONLY);
        if (descriptor < 0) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(32 * 1024);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            long count = read(descriptor, buffer);
            for (; count > 0; count = read(descriptor, buffer)) {
                bytes.writeBytes(buffer.asSlice(0, count).toArray(JAVA_BYTE));
            }
            return count < 0 ? Optional.empty() : Optional.of(bytes.toByteArray());
        } finally {
            close(descriptor);
        }
    }

    static void close(int descriptor) {
        call(Calls.CLOSE, descriptor);
    }

    /** Where a link leads, or nothing where it cannot be read; works for {@code /proc} links. */
    static Optional<String> readLink(String path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(4096);
            long length = call(Calls.READLINK, arena.allocateFrom(path), buffer, 4096L);
            if (length < 0) {
                return Optional.empty();
            }
            byte[] bytes = buffer.asSlice(0, length).toArray(JAVA_BYTE);
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    static long check(String what, long result) throws IOException {
        if (result < 0) {
            throw new IOException(what + " failed: " + message((int) -result));
        }
        return result;
    }

    /** The system's text for an error number. */
    static String message(int errno) {
        String known =
                switch (errno) {
                    case 1 -> "not permitted";
                    case 2 -> "no such file or folder";
                    case 7 -> "arguments too long";
                    case 8 -> "not a program (a script needs a #! line)";
                    case 11 -> "too many processes";
                    case 12 -> "out of memory";
                    case 13 -> "permission denied";
                    case 20 -> "not a folder";
                    case 24 -> "too many open files";
                    case 26 -> "the program is being written";
                    default -> "";
                };
        return known.isEmpty() ? "error " + errno : known + " (error " + errno + ")";
    }

    /** Looked up when first used: where FFM is shut off, loading the package must not fail. */
    private static final class Calls {
        static final MethodHandle KILL = function("kill", 2, JAVA_INT, JAVA_INT, JAVA_INT);
        static final MethodHandle WAITID =
                function("waitid", 4, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
        static final MethodHandle WAITPID =
                function("waitpid", 3, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
        static final MethodHandle PIPE = function("pipe", 1, JAVA_INT, ADDRESS);
        static final MethodHandle FCNTL =
                function("fcntl", 2, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
        static final MethodHandle OPEN = function("open", 2, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
        static final MethodHandle READ =
                function("read", 3, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
        static final MethodHandle MKDIR = function("mkdir", 2, JAVA_INT, ADDRESS, JAVA_INT);
        static final MethodHandle CLOSE = function("close", 1, JAVA_INT, JAVA_INT);
        static final MethodHandle READLINK =
                function("readlink", 3, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    }
}
