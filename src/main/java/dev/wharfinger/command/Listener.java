package dev.wharfinger.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A process that listens on a TCP port, as {@code /proc} shows it: proof of which release answers
 * there. The folder is absent where it may not be seen or was deleted.
 */
public record Listener(long pid, long startTicks, Optional<Path> folder) {
    private static final String LISTENING = "0A";
    private static final String DELETED = " (deleted)";

    static List<Listener> on(int port, ProcessTable processes) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            collect(table, port, sockets);
        }
        List<Listener> found = new ArrayList<>();
        if (sockets.isEmpty()) {
            return found;
        }
        for (ProcessTable.Entry entry : processes.all()) {
            if (holds(entry.pid(), sockets)) {
                Optional<Path> folder =
                        processes
                                .folder(entry.pid())
                                .filter(path -> path.startsWith("/") && !path.endsWith(DELETED))
                                .map(Path::of);
                found.add(new Listener(entry.pid(), entry.startTicks(), folder));
            }
        }
        return found;
    }

    /** Lines: number, local address:port, remote, state, queues, timer, retries, uid, 0, inode. */
    private static void collect(String table, int port, Set<String> sockets) {
        String suffix = String.format(":%04X", port);
        // Where a table is missing (no IPv6, no /proc) nothing is to be seen, and that is said.
        String text = Posix.contents(table).map(bytes -> new String(bytes, US_ASCII)).orElse("");
        for (String line : text.lines().toList()) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTENING)) {
                sockets.add("socket:[" + fields[9] + "]");
            }
        }
    }

    private static boolean holds(long pid, Set<String> sockets) {
        String folder = "/proc/" + pid + "/fd";
        String[] descriptors = new File(folder).list();
        if (descriptors == null) {
            return false;
        }
        for (String descriptor : descriptors) {
            if (Posix.readLink(folder + "/" + descriptor).filter(sockets::contains).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
