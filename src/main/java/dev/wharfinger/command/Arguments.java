package dev.wharfinger.command;

import java.util.List;
import java.util.Map;

/** What the kernel takes as arguments and environment; anything else is refused before a start. */
final class Arguments {
    private Arguments() {}

    static void check(List<String> argv) {
        if (argv.isEmpty() || argv.getFirst().isBlank()) {
            throw new IllegalArgumentException("a command names its program");
        }
        for (String argument : argv) {
            if (argument.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "an argument of " + argv.getFirst() + " has NUL");
            }
        }
    }

    static void check(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("environment name " + name);
            }
            if (value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("the value of " + name + " has NUL");
            }
        });
    }
}
