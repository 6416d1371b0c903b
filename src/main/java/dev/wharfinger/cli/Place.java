package dev.wharfinger.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a command works.
 *
 * @param root the project's root
 * @param state what Wharfinger keeps about the project: journal, keys, artifacts; outside the root
 */
record Place(Path root, Optional<Config> config, Path state) {
    /**
     * The place that the user means: the options, or the current folder and the usual state folder
     * {@code $XDG_STATE_HOME/wharfinger/PROJECT}.
     */
    static Place of(Terminal terminal, Optional<String> root, Optional<String> state)
            throws IOException, ConfigError {
        Path folder = root.map(terminal::resolve).orElse(terminal.folder());
        Optional<Config> config = Config.load(folder, terminal.environment());
        String project = config.map(Config::project).orElse(Config.folderName(folder));
        Path kept =
                state.isPresent()
                        ? terminal.resolve(state.get())
                        : terminal.stateHome().resolve(project);
        return new Place(folder, config, kept);
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
}
