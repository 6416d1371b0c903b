package dev.wharfinger.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Runs declared commands: no shell, a small environment, a time limit, redacted output, and nothing
 * of it left when it returns. A command's code may have been written by an agent, so it also gets
 * as little of the file system as this kernel can arrange ({@link #confinement}).
 *
 * <p>What is ended: the command's session, all that descends from it, and every process that
 * carries its private {@code TMPDIR} in its environment. A process that leaves the session, lets
 * its parent die <em>and</em> clears its environment within one look (a quarter of a second) is not
 * found; it stays confined.
 */
public final class CommandRunner {
    private static final String TEMPORARY = "TMPDIR";
    private static final String JAVA_OPTIONS = "JAVA_TOOL_OPTIONS";
    private static final long LOOK_MILLIS = 20;
    private static final int CENSUS_LOOKS = 12;
    private static final long OUTPUT_MILLIS = 1000;

    private final Confinement wanted;
    private final List<Path> hidden;
    private final Map<String, String> environment;
    private final ProcessTable processes = new ProcessTable();
    private Optional<Boolean> confining = Optional.empty();

    /**
     * @param hidden what no command may see: the state folder, keys
     * @param environment the server's own; names are taken from it when a command declares them
     */
    public CommandRunner(Confinement wanted, List<Path> hidden, Map<String, String> environment) {
        this.wanted = wanted;
        this.hidden = List.copyOf(hidden);
        this.environment = new LinkedHashMap<>(environment);
        Arguments.check(this.environment);
    }

    /**
     * {@code confined} where a child was seen not to reach what is hidden, else {@code unconfined}.
     */
    public String confinement() {
        return isConfining() ? "confined" : "unconfined";
    }

    /** The absolute program that a name without a slash means on the server's {@code PATH}. */
    public Optional<Path> resolve(String program) {
        try {
            return Optional.of(Programs.resolve(program, Path.of("/"), path()));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /**
     * Runs the command in that folder and waits for its end. When {@code cancelled} becomes true,
     * or the limit is over, or it ends, everything that it started is killed.
     *
     * @throws IOException where it could not be started; nothing ran then
     */
    public CommandResult run(
            CommandSpec spec, Path folder, Redactor redactor, BooleanSupplier cancelled)
            throws IOException {
        if (!folder.isAbsolute() || !folder.toFile().isDirectory()) {
            throw new IOException("the working folder is missing: " + folder);
        }
        boolean confined = isConfining();
        if (wanted == Confinement.REQUIRED && !confined) {
            throw new IOException("commands must be confined, and this system cannot confine them");
        }
        Path program = Programs.resolve(spec.argv().getFirst(), folder, path());
        try (Scratch scratch = Scratch.make()) {
            return run(spec, program, folder, scratch, redactor, cancelled);
        }
    }

    private CommandResult run(
            CommandSpec spec,
            Path program,
            Path folder,
            Scratch scratch,
            Redactor redactor,
            BooleanSupplier cancelled)
            throws IOException {
        long started = System.nanoTime();
        Tail tail = new Tail();
        Family family;
        int[] pipe = Posix.pipe();
        try {
            Spawn.Output end = new Spawn.Output.Descriptor(pipe[1]);
            long pid = start(program, spec, folder, scratch, end);
            family = new Family(pid, TEMPORARY + "=" + scratch.folder(), processes);
        } catch (IOException | RuntimeException notStarted) {
            Posix.close(pipe[0]);
            throw notStarted;
        } finally {
            Posix.close(pipe[1]);
        }
        Thread reader =
                Thread.ofPlatform()
                        .daemon()
                        .name("output-" + family.leader())
                        .start(() -> tail.drain(pipe[0]));
        boolean inTime = await(family, spec.limit(), cancelled);
        int exit = family.end();
        joinReader(reader);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        // Said by every Java machine because of the variable that was set for it here.
        String said = "Picked up " + JAVA_OPTIONS + ": " + javaOption(scratch) + "\n";
        String text = tail.text(redactor).replace(said, "");
        return new CommandResult(exit, !inTime, text, took);
    }

    private long start(
            Path program, CommandSpec spec, Path folder, Scratch scratch, Spawn.Output output)
            throws IOException {
        boolean confined = isConfining();
        Map<String, String> variables = variables(spec, scratch, confined);
        if (!confined) {
            return Spawn.start(program, spec.argv(), variables, folder, output, Optional.empty());
        }
        Reach reach = Reach.of(folder, scratch.folder(), hidden, environment);
        try (Landlock walls = reach.toLandlock()) {
            return Walled.on(() ->
                    Spawn.start(
                            program, spec.argv(), variables, folder, output, Optional.of(walls)));
        }
    }

    /** False where the time was over; true where it ended or was cancelled. */
    private static boolean await(Family family, Duration limit, BooleanSupplier cancelled) {
        long until = System.nanoTime() + limit.toNanos();
        long census = 0;
        while (!family.awaitLeader(LOOK_MILLIS)) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                return true;
            }
            if (++census % CENSUS_LOOKS == 0) {
                family.census();
            }
        }
        return true;
    }

    /** A stranger may hold the other end; then what was read so far is the output. */
    private static void joinReader(Thread reader) {
        try {
            reader.join(OUTPUT_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, String> variables(CommandSpec spec, Scratch scratch, boolean confined) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", path());
        Optional.ofNullable(environment.get("HOME")).ifPresent(at -> variables.put("HOME", at));
        for (String name : spec.envNames()) {
            Optional.ofNullable(environment.get(name)).ifPresent(is -> variables.put(name, is));
        }
        variables.put(TEMPORARY, scratch.folder().toString());
        if (confined) {
            // Java alone does not look at TMPDIR, and /tmp itself is shut.
            variables.merge(JAVA_OPTIONS, javaOption(scratch), (old, add) -> old + " " + add);
        }
        return variables;
    }

    private static String javaOption(Scratch scratch) {
        return "-Djava.io.tmpdir=" + scratch.folder();
    }

    private String path() {
        return environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    }

    private synchronized boolean isConfining() {
        if (confining.isEmpty()) {
            confining = Optional.of(wanted != Confinement.OFF && SelfTest.isConfined(environment));
        }
        return confining.get();
    }
}
