package dev.wharfinger.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.command.ServiceRecord;
import dev.wharfinger.command.ServiceSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the processes that a target started by what stands in their environment, so that a service
 * is found even where its deployer died before it could write down the process id. Finds nothing
 * where there is no {@code /proc}.
 */
final class ProcessSearch {
    /** The variable that names the target's folder in a service's environment. */
    static final String TARGET = "WHARF_TARGET";

    private final Path proc;

    ProcessSearch(Path proc) {
        this.proc = proc;
    }

    /** One record for each deployment and release that still has a process: its first one. */
    List<ServiceRecord> of(Path dir) throws IOException {
        var found = new LinkedHashMap<String, ServiceRecord>();
        if (!Files.isDirectory(proc)) {
            return List.of();
        }
        try (var entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (var entry : entries) {
                record(entry, dir).ifPresent(one -> keepFirst(found, one));
            }
        }
        return new ArrayList<>(found.values());
    }

    private static void keepFirst(Map<String, ServiceRecord> found, ServiceRecord one) {
        found.merge(
                one.deployment() + "\0" + one.release(),
                one,
                (a, b) -> a.startTicks() <= b.startTicks() ? a : b);
    }

    private static Optional<ServiceRecord> record(Path entry, Path dir) {
        try {
            var variables = variables(entry);
            var stat = Files.readString(entry.resolve("stat"));
            long pid = Long.parseLong(String.valueOf(entry.getFileName()));
            if (!dir.toString().equals(variables.get(TARGET)) || pid <= 1 || isZombie(stat)) {
                return Optional.empty();
            }
            return Optional.of(
                    new ServiceRecord(
                            pid,
                            ticks(stat),
                            variables.getOrDefault(ServiceSpec.DEPLOYMENT, ""),
                            variables.getOrDefault(ServiceSpec.RELEASE, "")));
        } catch (IOException | IllegalArgumentException goneOrNotOurs) {
            // A process that ended meanwhile, or of another user: neither is a service of ours.
            return Optional.empty();
        }
    }

    private static Map<String, String> variables(Path entry) throws IOException {
        var variables = new LinkedHashMap<String, String>();
        var text = new String(Files.readAllBytes(entry.resolve("environ")), UTF_8);
        for (var line : text.split("\0")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                variables.putIfAbsent(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return variables;
    }

    private static boolean isZombie(String stat) {
        var state = afterName(stat)[0];
        return state.equals("Z") || state.equals("X");
    }

    /** Field 22 of proc_pid_stat(5). */
    private static long ticks(String stat) {
        return Long.parseLong(afterName(stat)[19]);
    }

    private static String[] afterName(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    }
}
