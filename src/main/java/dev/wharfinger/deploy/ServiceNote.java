package dev.wharfinger.deploy;

import dev.wharfinger.command.ServiceRecord;

import java.io.IOException;
import java.util.Optional;

/**
 * What a target keeps of the service that it started last: a process, or a unit of systemd.
 *
 * @param key the deployment and way that started it, as in the service's environment
 * @param release the digest that it runs
 */
record ServiceNote(
        String key, String release, Optional<ServiceRecord> process, Optional<String> unit) {
    private static final String HEAD = "wharf-service v1";

    static ServiceNote of(ServiceRecord process) {
        return new ServiceNote(
                process.deployment(), process.release(), Optional.of(process), Optional.empty());
    }

    static ServiceNote of(String key, ArtifactDigest release, String unit) {
        return new ServiceNote(key, release.hex(), Optional.empty(), Optional.of(unit));
    }

    String text() {
        var what =
                process.map(at -> "process " + at.pid() + " " + at.startTicks())
                        .orElseGet(() -> "unit " + unit.orElse(""));
        return "%s\ndeployment %s\nrelease %s\n%s\n".formatted(HEAD, key, release, what);
    }

    static ServiceNote parse(String text) throws IOException {
        var lines = text.lines().toList();
        if (lines.size() != 4
                || !lines.get(0).equals(HEAD)
                || !lines.get(1).startsWith("deployment ")
                || !lines.get(2).startsWith("release ")) {
            throw new IOException("not a service's record: " + SmokeTests.shown(text));
        }
        var key = lines.get(1).substring("deployment ".length());
        var release = lines.get(2).substring("release ".length());
        var what = lines.get(3).split(" ", -1);
        try {
            return switch (what[0]) {
                case "process" ->
                        of(
                                new ServiceRecord(
                                        Long.parseLong(what[1]),
                                        Long.parseLong(what[2]),
                                        key,
                                        release));
                case "unit" -> of(key, new ArtifactDigest(release), what[1]);
                default -> throw new IOException("not a service's record: " + what[0]);
            };
        } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            throw new IOException("not a service's record: " + unreadable, unreadable);
        }
    }
}
