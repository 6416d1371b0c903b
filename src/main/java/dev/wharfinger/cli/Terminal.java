package dev.wharfinger.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What surrounds one run of {@code wharf}: its streams, folder, environment and clock. A command
 * takes them from here and from nowhere else, so a test can give it others.
 *
 * @param out always UTF-8, whatever the locale: personas and ledgers hold emoji
 * @param folder absolute; relative arguments are resolved against it
 * @param colours whether people look at {@code out} and want colours
 */
public record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Path folder,
        SortedMap<String, String> environment,
        Clock clock,
        boolean colours) {
    public Terminal {
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    /** The surroundings of this process. */
    public static Terminal ofProcess() {
        var environment = new TreeMap<>(System.getenv());
        return new Terminal(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                Path.of("").toAbsolutePath(),
                environment,
                Clock.systemUTC(),
                wantsColours(environment));
    }

    /** A variable of the environment; empty where it is not set or set to nothing. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** The path that the user means by an argument. */
    public Path resolve(String argument) {
        return folder.resolve(argument).normalize();
    }

    /** Where Wharfinger keeps its state, a folder for each project. */
    public Path stateHome() {
        return variable("XDG_STATE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(variable("HOME").orElse("/"), ".local", "state"))
                .resolve("wharfinger");
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, UTF_8);
    }

    private static boolean wantsColours(Map<String, String> environment) {
        boolean refused =
                !environment.getOrDefault("NO_COLOR", "").isEmpty()
                        || environment.getOrDefault("TERM", "dumb").equals("dumb");
        return !refused && isLookedAt();
    }

    /** The console is there where somebody sits at it; before JDK 22 there was none otherwise. */
    @SuppressWarnings("SystemConsoleNull") // -Djdk.console=java.base still answers null
    private static boolean isLookedAt() {
        var console = System.console();
        return console != null && console.isTerminal();
    }
}
