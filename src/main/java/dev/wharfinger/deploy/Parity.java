package dev.wharfinger.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * How the configuration of two environments differs, beyond what may: names, places and shapes,
 * never a value. Ports, hosts and folders are expected to differ.
 *
 * @param mayDiffer variables, or one of {@code start}, {@code health}, {@code observe}, {@code
 *     smoke}
 */
public record Parity(List<String> mayDiffer) {
    public Parity {
        mayDiffer = List.copyOf(mayDiffer);
    }

    /** The differences, each a few words that name what differs. */
    public List<String> differences(EnvironmentSettings one, EnvironmentSettings other) {
        var all = new ArrayList<String>();
        var names = new TreeSet<String>(one.variables());
        names.addAll(other.variables());
        for (String name : names) {
            boolean both = one.variables().contains(name) && other.variables().contains(name);
            if (!both && !mayDiffer.contains(name)) {
                all.add("variable " + name + " is declared in one of them");
            }
        }
        switch (one.target()) {
            case LocalSettings first -> {
                switch (other.target()) {
                    case LocalSettings second -> local(all, first, second);
                }
            }
        }
        List<String> lacking =
                paths(one).stream().filter(path -> !paths(other).contains(path)).toList();
        if (!lacking.isEmpty() && !mayDiffer.contains("smoke")) {
            all.add(
                    "smoke tests are missing in "
                            + other.name()
                            + ": "
                            + String.join(", ", lacking));
        }
        return all;
    }

    private static List<String> paths(EnvironmentSettings environment) {
        return environment.smoke().stream()
                .map(check -> check.url().getRawPath())
                .distinct()
                .toList();
    }

    private void local(List<String> all, LocalSettings one, LocalSettings other) {
        if (!mayDiffer.contains("start")) {
            if (one.systemdUnit().isPresent() != other.systemdUnit().isPresent()) {
                all.add("start: one is a systemd unit, the other is not");
            } else if (!shape(one).equals(shape(other))) {
                all.add("start: other programs or options");
            }
        }
        if (!mayDiffer.contains("health")
                && !one.health().getRawPath().equals(other.health().getRawPath())) {
            all.add("health: another path");
        }
        if (!mayDiffer.contains("observe") && !one.observe().equals(other.observe())) {
            all.add("observe: the version is looked up otherwise");
        }
    }

    /** The command without what is a number, a place or an address. */
    private static List<String> shape(LocalSettings settings) {
        return settings.start().stream()
                .map(word -> word.matches(".*[0-9/:].*") && !word.startsWith("-") ? "…" : word)
                .toList();
    }
}
