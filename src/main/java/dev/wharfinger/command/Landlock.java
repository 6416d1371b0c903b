package dev.wharfinger.command;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * One set of Landlock rules: what a thread and all its later children may reach of the file system.
 * Everything that no rule names is refused by the kernel. The newest rights that this kernel knows
 * are used (landlock(7), ABI 1 to 6); network connections are not restricted.
 */
final class Landlock implements AutoCloseable {
    private static final long CREATE_RULESET = 444;
    private static final long ADD_RULE = 445;
    private static final long RESTRICT_SELF = 446;
    private static final int SET_NO_NEW_PRIVILEGES = 38;
    private static final int O_PATH = 0x200000;

    private static final long FILE_RIGHTS_ABI_1 = 0x1fff;
    private static final long REFER = 0x2000;
    private static final long TRUNCATE = 0x4000;
    private static final long IOCTL_DEVICE = 0x8000;
    private static final long MAKE_DEVICES = 0x40 | 0x800;
    private static final long SCOPE_SOCKETS_AND_SIGNALS = 3;

    /** Execute, write file, read file, truncate, ioctl: what a rule for one file may name. */
    private static final long ON_FILES = 1 | 2 | 4 | TRUNCATE | IOCTL_DEVICE;

    /** What may be done beneath a path. */
    enum Access {
        /** Read, list, execute. */
        READ(1 | 4 | 8),
        /** All but making devices. */
        WRITE((FILE_RIGHTS_ABI_1 & ~MAKE_DEVICES) | REFER | TRUNCATE),
        /** Read and write what is there: devices. */
        DEVICE(2 | 4 | TRUNCATE | IOCTL_DEVICE);

        private final long rights;

        Access(long rights) {
            this.rights = rights;
        }
    }

    private final int ruleset;
    private final long handled;

    private Landlock(int ruleset, long handled) {
        this.ruleset = ruleset;
        this.handled = handled;
    }

    /** The version of Landlock here; 0 where there is none. */
    static int abi() {
        if (!Posix.LINUX) {
            return 0;
        }
        try {
            return (int) Math.max(0, syscall(CREATE_RULESET, 0, 0, 1, 0));
        } catch (UnsupportedOperationException | LinkageError | IllegalCallerException shut) {
            return 0;
        }
    }

    /** A set without rules: nothing may be reached. */
    static Landlock create() throws IOException {
        int abi = abi();
        if (abi < 1) {
            throw new IOException("this kernel has no Landlock");
        }
        long handled =
                FILE_RIGHTS_ABI_1
                        | (abi >= 2 ? REFER : 0)
                        | (abi >= 3 ? TRUNCATE : 0)
                        | (abi >= 5 ? IOCTL_DEVICE : 0);
        long size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(24, 8);
            attributes.set(JAVA_LONG, 0, handled);
            attributes.set(JAVA_LONG, 16, abi >= 6 ? SCOPE_SOCKETS_AND_SIGNALS : 0);
            long made = syscall(CREATE_RULESET, attributes.address(), size, 0, 0);
            return new Landlock((int) Posix.check("landlock_create_ruleset", made), handled);
        }
    }

    /**
     * Allows access beneath a real path. A path that changed into a link meanwhile is not allowed.
     */
    void allow(Path real, Access access) throws IOException {
        int descriptor = Posix.open(real.toString(), O_PATH);
        if (descriptor < 0) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            allow(arena, descriptor, real, access);
        } finally {
            Posix.close(descriptor);
        }
    }

    private void allow(Arena arena, int descriptor, Path real, Access access) throws IOException {
        String led = Posix.readLink("/proc/self/fd/" + descriptor).orElse("");
        if (!led.equals(real.toString())) {
            return;
        }
        long possible = real.toFile().isDirectory() ? ~0L : ON_FILES;
        MemorySegment rule = arena.allocate(12, 8);
        rule.set(JAVA_LONG_UNALIGNED, 0, access.rights & handled & possible);
        rule.set(JAVA_INT_UNALIGNED, 8, descriptor);
        long added = syscall(ADD_RULE, ruleset, 1, rule.address(), 0);
        Posix.check("landlock_add_rule for " + real, added);
    }

    /**
     * Binds the calling thread, for ever, and what it starts. Only for a thread that ends soon.
     * Returns 0 or a negated error number; throws nothing, loads nothing.
     */
    long bindThisThread() {
        long privileges = Posix.call(Calls.PRCTL, SET_NO_NEW_PRIVILEGES, 1L, 0L, 0L, 0L);
        return privileges < 0 ? privileges : syscall(RESTRICT_SELF, ruleset, 0, 0, 0);
    }

    @Override
    public void close() {
        Posix.close(ruleset);
    }

    private static long syscall(long number, long a, long b, long c, long d) {
        return Posix.call(Calls.SYSCALL, number, a, b, c, d);
    }

    private static final class Calls {
        static final MethodHandle SYSCALL =
                Posix.function(
                        "syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                        JAVA_LONG);
        static final MethodHandle PRCTL =
                Posix.function(
                        "prctl", 1, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    }
}
