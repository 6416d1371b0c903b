package dev.wharfinger.deploy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A target on this machine: a folder of releases and one service. The service is started from an
 * argument list, or is a unit of systemd; one of the two, never both.
 *
 * @param dir absolute; holds {@code releases/}, {@code current} and the fence
 * @param start the service's argument list, run in the release's folder; empty with a unit
 * @param health answered with 2xx by a service that is ready
 * @param observe where the running service tells its version
 * @param patience how long a started service may take until it is healthy
 */
public record LocalSettings(
        Path dir,
        List<String> start,
        Optional<String> systemdUnit,
        URI health,
        Optional<Observe> observe,
        Duration patience)
        implements TargetSettings {
    /** How long a started service may take until it is healthy, where nothing else is declared. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:_.@-]{0,250}");

    public LocalSettings {
        if (!dir.isAbsolute()) {
            throw new IllegalArgumentException("the target's dir is not absolute: " + dir);
        }
        dir = dir.normalize();
        start = List.copyOf(start);
        if (start.isEmpty() == systemdUnit.isEmpty()) {
            throw new IllegalArgumentException(
                    "a local target has start or systemd, one of the two");
        }
        if (start.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)
                || (!start.isEmpty() && start.getFirst().isBlank())) {
            throw new IllegalArgumentException("not an argument list: " + start);
        }
        systemdUnit.ifPresent(LocalSettings::checkUnit);
        HttpAddress.check("health", health);
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("the patience is not positive: " + patience);
        }
    }

    /** The same with the usual patience. */
    public LocalSettings(
            Path dir,
            List<String> start,
            Optional<String> systemdUnit,
            URI health,
            Optional<Observe> observe) {
        this(dir, start, systemdUnit, health, observe, PATIENCE);
    }

    private static void checkUnit(String unit) {
        if (!UNIT.matcher(unit).matches()) {
            throw new IllegalArgumentException("not a unit's name: " + unit);
        }
    }
}
