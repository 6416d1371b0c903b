package dev.wharfinger.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command works.
 *
 * @param root the project's root
 * @param config what {@code wharf.yaml} says; of one that cannot be read here, the project's name
 * @param state what Wharfinger keeps about the project: journal, keys, artifacts; outside the root
 * @param stateNamed whether somebody named it, or it is where it usually is
 * @param broken why {@code wharf.yaml} cannot be read here: whoever only asks a server need not
 */
record Place(
        Path root,
        Optional<Config> config,
        Path state,
        boolean stateNamed,
        Optional<ConfigError> broken) {
    /**
     * The place that the user means: the options, or the current folder and the usual state folder
     * {@code $XDG_STATE_HOME/wharfinger/PROJECT}.
     */
    static Place of(Terminal terminal, Optional<String> root, Optional<String> state)
            throws IOException, ConfigError {
        Path folder = root.map(terminal::resolve).orElse(terminal.folder());
        Optional<ConfigError> broken = Optional.empty();
        Optional<Config> config;
        try {
            config = Config.load(folder, terminal.environment());
        } catch (ConfigError wrong) {
            broken = Optional.of(wrong);
            config = Optional.of(readable(folder, terminal));
        }
        String project = config.map(Config::project).orElse(Config.folderName(folder));
        Path kept =
                state.isPresent()
                        ? terminal.resolve(state.get())
                        : terminal.stateHome().resolve(project);
        return new Place(folder, config, kept, state.isPresent(), broken);
    }

    /** A server of its own user has variables that this process does not have. */
    private static Config readable(Path folder, Terminal terminal) throws IOException, ConfigError {
        try {
            return Config.load(folder, new AskedEnvironment(terminal.environment())).orElseThrow();
        } catch (ConfigError wrong) {
            String name = Config.nameIn(folder);
            return Config.parse(Config.FILE, "project: " + name, name, Map.of());
        }
    }

    /** The same, where {@code wharf.yaml} can be read here. */
    Place sound() throws ConfigError {
        if (broken.isPresent()) {
            throw broken.get();
        }
        return this;
    }

    /**
     * The same place, where agents may work.
     *
     * @throws CommandFailed where the state folder lies inside the project
     */
    Place forAgents() throws CommandFailed {
        if (state.startsWith(root)) {
            throw new CommandFailed(
                    ExitCode.CONFIGURATION,
                    "the state folder "
                            + state
                            + " lies inside the project, where agents write; name another one"
                            + " with --state");
        }
        return this;
    }

    /**
     * The same, with a state folder that this process may open: where a service keeps the project,
     * that is the service's own, for its own user alone.
     */
    Place own(Terminal terminal) throws IOException, CommandFailed {
        Optional<Service> service = Service.met(terminal, this);
        return service.isEmpty()
                ? this
                : new Place(root, config, service.get().ownState(), true, broken);
    }
}
