package dev.wharfinger.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The options by which a command is told where to work. */
final class PlaceOptions {
    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "The project's root; the current folder where absent.")
    private @Nullable String root;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "The state folder; $XDG_STATE_HOME/wharfinger/PROJECT where absent.")
    private @Nullable String state;

    /** The root that is meant; whatever its configuration says. */
    Path root(Terminal terminal) {
        return root == null ? terminal.folder() : terminal.resolve(root);
    }

    /** The state folder, where one was named. */
    Optional<Path> state(Terminal terminal) {
        return Optional.ofNullable(state).map(terminal::resolve);
    }

    /** The place, with a state folder that this process may open. */
    Place own(Terminal terminal) throws IOException, ConfigError, CommandFailed {
        return place(terminal).own(terminal);
    }

    Place place(Terminal terminal) throws IOException, ConfigError {
        return Place.of(terminal, Optional.ofNullable(root), Optional.ofNullable(state));
    }
}
