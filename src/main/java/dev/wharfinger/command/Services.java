package dev.wharfinger.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Starts, finds again and stops the services that a deployment runs. A service lives in a session
 * of its own and outlives this process, its terminal and its user's logout; a systemd unit with the
 * default {@code KillMode} does end it together with the server, hence the unit in {@code docs/}.
 *
 * <p>A service that forks and lets its first process end counts as ended: start it in the
 * foreground.
 */
public final class Services {
    private static final long POLL_MILLIS = 20;

    private final ProcessTable processes = new ProcessTable();

    /**
     * Starts a service.
     *
     * @throws IOException where program, folder or log cannot be used; nothing runs then
     */
    public RunningService start(ServiceSpec spec) throws IOException {
        if (!spec.folder().toFile().isDirectory()) {
            throw new IOException("the service's folder is missing: " + spec.folder());
        }
        File logFolder = spec.log().toFile().getParentFile();
        if (logFolder == null || !logFolder.isDirectory()) {
            throw new IOException("the folder of the service's log is missing: " + spec.log());
        }
        Path program =
                Programs.resolve(
                        spec.argv().getFirst(),
                        spec.folder(),
                        spec.environment().getOrDefault("PATH", ""));
        long pid =
                Spawn.start(
                        program,
                        spec.argv(),
                        spec.environment(),
                        spec.folder(),
                        new Spawn.Output.Appended(spec.log()),
                        Optional.empty());
        // Not reaped yet, so the number is still this child's even if it has ended already.
        long ticks =
                processes
                        .entry(pid)
                        .map(ProcessTable.Entry::startTicks)
                        .orElseThrow(() -> new IOException("process " + pid + " is not shown"));
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name("service-" + pid)
                .start(() -> exit.complete(Posix.reap(pid)));
        return new RunningService(
                new ServiceRecord(
                        pid,
                        ticks,
                        spec.environment().getOrDefault(ServiceSpec.DEPLOYMENT, ""),
                        spec.environment().getOrDefault(ServiceSpec.RELEASE, "")),
                processes,
                exit);
    }

    /**
     * The service of that record, where it still runs: the same number, the same start time, and
     * the deployment and release in its environment. Nothing where any of it differs or cannot be
     * seen; on a system without {@code /proc} number and start time must do.
     */
    public Optional<RunningService> adopt(ServiceRecord record) {
        return isTheSame(record)
                ? Optional.of(new RunningService(record, processes, new CompletableFuture<>()))
                : Optional.empty();
    }

    /** Whether the very process of that record is alive. */
    public boolean isRunning(ServiceRecord record) {
        return isTheSame(record);
    }

    /**
     * Ends a service and all that it started: asks them to (TERM), waits up to the grace, then
     * kills. Returns when none is left.
     *
     * @throws IOException where something of it still lives a while after the kill
     */
    public void stop(RunningService service, Duration grace) throws IOException {
        ServiceRecord record = service.record();
        long until = System.nanoTime() + grace.toNanos();
        signal(members(record), Posix.SIGTERM);
        while (!members(record).isEmpty() && System.nanoTime() < until) {
            pause();
        }
        long killUntil = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        for (List<ProcessTable.Entry> left = members(record);
                !left.isEmpty();
                left = members(record)) {
            if (System.nanoTime() > killUntil) {
                throw new IOException("process " + left.getFirst().pid() + " cannot be killed");
            }
            signal(left, Posix.SIGKILL);
            pause();
        }
    }

    /** The processes that listen on a TCP port of this machine; empty where it cannot be seen. */
    public List<Listener> listeners(int port) {
        return Listener.on(port, processes);
    }

    private boolean isTheSame(ServiceRecord record) {
        if (ProcessTable.hasProc()) {
            processes.awaitEnvironment(record.pid());
        }
        return processes.isAlive(record.pid(), record.startTicks())
                && (!ProcessTable.hasProc()
                        || (has(record.pid(), ServiceSpec.DEPLOYMENT, record.deployment())
                                && has(record.pid(), ServiceSpec.RELEASE, record.release())));
    }

    private boolean has(long pid, String name, String value) {
        return processes.environmentHas(pid, name + "=" + value);
    }

    /**
     * What belongs to the service: its first process with all that descends from it or is in its
     * session, and whatever else carries the same deployment and release in its environment.
     */
    private List<ProcessTable.Entry> members(ServiceRecord record) {
        List<ProcessTable.Entry> all = processes.all();
        boolean leads = isTheSame(record);
        var found =
                processes.tree(
                        all,
                        entry ->
                                leads && (entry.pid() == record.pid() || isInSession(entry, record))
                                        || has(entry, record));
        long self = ProcessHandle.current().pid();
        return found.stream().filter(entry -> entry.isAlive() && entry.pid() != self).toList();
    }

    private static boolean isInSession(ProcessTable.Entry entry, ServiceRecord record) {
        return entry.session() == record.pid() || entry.group() == record.pid();
    }

    private boolean has(ProcessTable.Entry entry, ServiceRecord record) {
        return !record.deployment().isEmpty()
                && has(entry.pid(), ServiceSpec.DEPLOYMENT, record.deployment())
                && has(entry.pid(), ServiceSpec.RELEASE, record.release());
    }

    private void signal(List<ProcessTable.Entry> members, int signal) {
        for (ProcessTable.Entry member : members) {
            if (processes.isAlive(member.pid(), member.startTicks())) {
                Posix.kill(member.pid(), signal);
            }
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a service was being stopped", interrupted);
        }
    }
}
