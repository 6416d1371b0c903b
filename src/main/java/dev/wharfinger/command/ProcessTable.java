package dev.wharfinger.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * The processes of this machine as {@code /proc} shows them now. Where there is none (macOS) only
 * what {@link ProcessHandle} knows: parents and start times, no sessions, no environments.
 */
final class ProcessTable {
    private static final File PROC = new File("/proc");

    /** One line of it. The start time tells two processes apart that had the same number. */
    record Entry(long pid, long parent, long group, long session, char state, long startTicks) {
        boolean isAlive() {
            return state != 'Z' && state != 'X';
        }
    }

    /** Whether processes can be told apart by their environment here. */
    static boolean hasProc() {
        return new File(PROC, "self/stat").exists();
    }

    Optional<Entry> entry(long pid) {
        if (hasProc()) {
            return read(pid, "stat").flatMap(ProcessTable::parse);
        }
        return ProcessHandle.of(pid).map(ProcessTable::portable);
    }

    boolean isAlive(long pid, long startTicks) {
        return entry(pid)
                .filter(found -> found.startTicks() == startTicks && found.isAlive())
                .isPresent();
    }

    List<Entry> all() {
        List<Entry> found = new ArrayList<>();
        if (!hasProc()) {
            ProcessHandle.allProcesses().map(ProcessTable::portable).forEach(found::add);
            return found;
        }
        String[] names = PROC.list();
        for (String name : names == null ? new String[0] : names) {
            if (Character.isDigit(name.charAt(0))) {
                entry(Long.parseLong(name)).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Those that the roots started, directly or through others, the roots included. */
    Set<Entry> tree(List<Entry> all, Predicate<Entry> root) {
        Map<Long, List<Entry>> children = new TreeMap<>();
        for (Entry entry : all) {
            children.computeIfAbsent(entry.parent(), _ -> new ArrayList<>()).add(entry);
        }
        Set<Entry> found = new LinkedHashSet<>();
        List<Entry> open = new ArrayList<>(all.stream().filter(root).toList());
        while (!open.isEmpty()) {
            Entry next = open.removeLast();
            if (found.add(next)) {
                open.addAll(children.getOrDefault(next.pid(), List.of()));
            }
        }
        return found;
    }

    /** Whether that line stands in the environment with which the process was started. */
    boolean environmentHas(long pid, String line) {
        return read(pid, "environ")
                .map(text -> ("\0" + text).contains("\0" + line + "\0"))
                .orElse(false);
    }

    /**
     * Waits for the end of an {@code exec}, in whose midst a process shows no environment. One that
     * really has none is waited for in vain, for 20 ms.
     */
    void awaitEnvironment(long pid) {
        for (int i = 0; i < 20 && read(pid, "environ").filter(String::isEmpty).isPresent(); i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** The working folder, or nothing where it may not be seen. */
    Optional<String> folder(long pid) {
        return Posix.readLink("/proc/" + pid + "/cwd");
    }

    private static Optional<String> read(long pid, String name) {
        return Posix.contents("/proc/" + pid + "/" + name).map(bytes -> new String(bytes, UTF_8));
    }

    private static Optional<Entry> parse(String stat) {
        // The name in parentheses may hold blanks and parentheses itself.
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        if (open < 0 || close + 2 >= stat.length()) {
            return Optional.empty();
        }
        String[] fields = stat.substring(close + 2).split(" ", -1);
        return Optional.of(
                new Entry(
                        Long.parseLong(stat.substring(0, open).strip()),
                        Long.parseLong(fields[1]),
                        Long.parseLong(fields[2]),
                        Long.parseLong(fields[3]),
                        fields[0].charAt(0),
                        Long.parseLong(fields[19])));
    }

    private static Entry portable(ProcessHandle handle) {
        long started = handle.info().startInstant().map(i -> i.toEpochMilli()).orElse(0L);
        long parent = handle.parent().map(ProcessHandle::pid).orElse(0L);
        return new Entry(handle.pid(), parent, 0, 0, handle.isAlive() ? 'R' : 'Z', started);
    }
}
