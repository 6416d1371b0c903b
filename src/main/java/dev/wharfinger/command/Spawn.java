package dev.wharfinger.command;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts a program as the leader of a session and process group of its own, with standard input
 * empty, one stream for output and errors, every other descriptor closed, and all signals as a
 * fresh program expects them. Why not the JDK's own process builder: it leaves a child in the
 * server's session and group, so that neither the whole tree can be ended nor a service outlive the
 * terminal.
 *
 * <p>Linux with glibc 2.34 or later, and macOS 10.15 or later by the same calls (written from its
 * headers and manual pages, not run there yet). Elsewhere a start is an {@link IOException}.
 */
final class Spawn {
    private static final int LOG_MODE = 0640;
    private static final short SET_SIGNAL_DEFAULTS = 0x04;
    private static final short SET_SIGNAL_MASK = 0x08;
    private static final short SET_SESSION = (short) (Posix.LINUX ? 0x80 : 0x0400);
    private static final short CLOSE_ALL = (short) (Posix.LINUX ? 0 : 0x4000);

    /** Room for the opaque structures of every C library in question (glibc: 80, 336, 128). */
    private static final long ROOM = 1024;

    private Spawn() {}

    /** Where the program's output and errors go. */
    sealed interface Output {
        record Descriptor(int number) implements Output {}

        record Appended(Path file) implements Output {}
    }

    /**
     * Starts it and returns its process id, which is its session's and group's too. With walls the
     * calling thread is bound by them as well and must end soon.
     *
     * @throws IOException where the system refuses, with its reason
     */
    static long start(
            Path program,
            List<String> argv,
            Map<String, String> environment,
            Path folder,
            Output output,
            Optional<Landlock> walls)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment actions = arena.allocate(ROOM, 16);
            MemorySegment attributes = arena.allocate(ROOM, 16);
            MemorySegment pid = arena.allocate(JAVA_INT);
            done("posix_spawn_file_actions_init", Posix.call(Calls.ACTIONS_INIT, actions));
            done("posix_spawnattr_init", Posix.call(Calls.ATTRIBUTES_INIT, attributes));
            try {
                describe(arena, actions, folder, output);
                describeSignals(arena, attributes);
                List<String> variables = new ArrayList<>();
                environment.forEach((name, value) -> variables.add(name + "=" + value));
                Object[] arguments = {
                    pid,
                    arena.allocateFrom(program.toString()),
                    actions,
                    attributes,
                    strings(arena, argv),
                    strings(arena, variables)
                };
                // From here on this thread may be unable to open a class file.
                long bound = walls.isPresent() ? walls.get().bindThisThread() : 0;
                long error = bound < 0 ? 0 : Posix.call(Calls.SPAWN, arguments);
                done("cannot confine " + program, -bound);
                done("cannot start " + program, error);
                return pid.get(JAVA_INT, 0);
            } finally {
                Posix.call(Calls.ACTIONS_DESTROY, actions);
                Posix.call(Calls.ATTRIBUTES_DESTROY, attributes);
            }
        } catch (UnsupportedOperationException | LinkageError missing) {
            throw new IOException("this system cannot start commands: " + missing, missing);
        }
    }

    private static void describe(Arena arena, MemorySegment actions, Path folder, Output output)
            throws IOException {
        done(
                "the working folder",
                Posix.call(Calls.ADD_CHDIR, actions, arena.allocateFrom(folder.toString())));
        add(arena, actions, 0, "/dev/null", Posix.O_RDONLY);
        switch (output) {
            case Output.Descriptor(int number) ->
                    done("dup2", Posix.call(Calls.ADD_DUP2, actions, number, 1));
            case Output.Appended(Path file) ->
                    add(
                            arena,
                            actions,
                            1,
                            file.toString(),
                            Posix.O_WRONLY | Posix.O_CREAT | Posix.O_APPEND);
        }
        done("dup2", Posix.call(Calls.ADD_DUP2, actions, 1, 2));
        if (Posix.LINUX) {
            // The server's sockets and files are not all marked close-on-exec.
            done("closefrom", Posix.call(Calls.ADD_CLOSE_FROM, actions, 3));
        }
    }

    private static void add(Arena arena, MemorySegment actions, int number, String path, int flags)
            throws IOException {
        MemorySegment name = arena.allocateFrom(path);
        done("open", Posix.call(Calls.ADD_OPEN, actions, number, name, flags, LOG_MODE));
    }

    private static void describeSignals(Arena arena, MemorySegment attributes) throws IOException {
        MemorySegment none = arena.allocate(ROOM, 16);
        MemorySegment all = arena.allocate(ROOM, 16);
        Posix.call(Calls.EMPTY_SET, none);
        Posix.call(Calls.FILL_SET, all);
        done("signal mask", Posix.call(Calls.SET_MASK, attributes, none));
        done("signal defaults", Posix.call(Calls.SET_DEFAULTS, attributes, all));
        short flags = (short) (SET_SIGNAL_DEFAULTS | SET_SIGNAL_MASK | SET_SESSION | CLOSE_ALL);
        done("spawn flags", Posix.call(Calls.SET_FLAGS, attributes, flags));
    }

    private static MemorySegment strings(Arena arena, List<String> texts) {
        MemorySegment array = arena.allocate(ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
        }
        array.setAtIndex(ADDRESS, texts.size(), MemorySegment.NULL);
        return array;
    }

    /** These functions return the error's number instead of setting errno. */
    private static void done(String what, long error) throws IOException {
        if (error != 0) {
            throw new IOException(what + ": " + Posix.message((int) error));
        }
    }

    private static final class Calls {
        static final MethodHandle SPAWN =
                Posix.function(
                        "posix_spawn",
                        6,
                        JAVA_INT,
                        ADDRESS,
                        ADDRESS,
                        ADDRESS,
                        ADDRESS,
                        ADDRESS,
                        ADDRESS);
        static final MethodHandle ACTIONS_INIT = one("posix_spawn_file_actions_init");
        static final MethodHandle ACTIONS_DESTROY = one("posix_spawn_file_actions_destroy");
        static final MethodHandle ATTRIBUTES_INIT = one("posix_spawnattr_init");
        static final MethodHandle ATTRIBUTES_DESTROY = one("posix_spawnattr_destroy");
        static final MethodHandle EMPTY_SET = one("sigemptyset");
        static final MethodHandle FILL_SET = one("sigfillset");
        static final MethodHandle ADD_CHDIR = two("posix_spawn_file_actions_addchdir_np");
        static final MethodHandle SET_MASK = two("posix_spawnattr_setsigmask");
        static final MethodHandle SET_DEFAULTS = two("posix_spawnattr_setsigdefault");
        static final MethodHandle SET_FLAGS =
                Posix.function("posix_spawnattr_setflags", 2, JAVA_INT, ADDRESS, JAVA_SHORT);
        static final MethodHandle ADD_DUP2 =
                Posix.function(
                        "posix_spawn_file_actions_adddup2",
                        3,
                        JAVA_INT,
                        ADDRESS,
                        JAVA_INT,
                        JAVA_INT);
        static final MethodHandle ADD_OPEN =
                Posix.function(
                        "posix_spawn_file_actions_addopen",
                        5,
                        JAVA_INT,
                        ADDRESS,
                        JAVA_INT,
                        ADDRESS,
                        JAVA_INT,
                        JAVA_INT);
        static final MethodHandle ADD_CLOSE_FROM =
                Posix.function(
                        Posix.LINUX
                                ? "posix_spawn_file_actions_addclosefrom_np"
                                : "posix_spawn_file_actions_addclose",
                        2,
                        JAVA_INT,
                        ADDRESS,
                        JAVA_INT);

        private static MethodHandle one(String name) {
            return Posix.function(name, 1, JAVA_INT, ADDRESS);
        }

        private static MethodHandle two(String name) {
            return Posix.function(name, 2, JAVA_INT, ADDRESS, ADDRESS);
        }
    }
}
