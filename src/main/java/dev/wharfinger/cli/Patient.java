package dev.wharfinger.cli;

import dev.wharfinger.journal.JournalReader;
import dev.wharfinger.journal.Verification;
import dev.wharfinger.persona.Personas;
import dev.wharfinger.shift.EntryText;
import dev.wharfinger.shift.ProjectState;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A project as {@code wharf doctor} meets it, which may be ill anywhere: nothing here stops at a
 * mistake, makes a folder or takes a lock.
 *
 * @param configured whether there is a {@code wharf.yaml}
 * @param config what it says; of an unreadable one, what holds without any
 * @param broken why it cannot be read
 * @param asked variables that it names as {@code ${NAME}}
 */
record Patient(
        Terminal terminal,
        Path root,
        Path state,
        boolean configured,
        Config config,
        Optional<ConfigError> broken,
        List<String> asked) {
    static Patient at(Terminal terminal, Path root, Optional<Path> state)
            throws IOException, ConfigError {
        Path real = root.toRealPath();
        boolean configured = Files.exists(real.resolve(Config.FILE), LinkOption.NOFOLLOW_LINKS);
        var asked = new AskedEnvironment(terminal.environment());
        Config config = Config.none(real);
        Optional<ConfigError> broken = Optional.empty();
        try {
            config = Config.load(real, asked).orElse(config);
        } catch (ConfigError wrong) {
            broken = Optional.of(wrong);
        }
        String project = broken.isPresent() ? Config.nameIn(real) : config.project();
        Path kept = state.orElseGet(() -> terminal.stateHome().resolve(project));
        return new Patient(terminal, real, kept, configured, config, broken, asked.asked());
    }

    /** Variables that the file needs and that are not set. */
    List<String> missing() {
        return asked.stream().filter(name -> !terminal.environment().containsKey(name)).toList();
    }

    boolean hasState() {
        return Files.isDirectory(state);
    }

    /** The same project for what asks the usual types; its state folder need not be there. */
    ProjectFolder folder() {
        return new ProjectFolder(
                terminal, root, configured, config, new StateFolder(state), Personas.builtIn());
    }

    /** The journal as far as it was signed: whether it holds, and the state that it folds to. */
    record Book(JournalReader reader, Verification found, ProjectState state) {}

    /**
     * The journal, read without the keeper's lock.
     *
     * @throws IOException where there is none, or its key is damaged
     */
    Book book() throws IOException {
        JournalReader reader = JournalReader.open(state);
        var folded = new ProjectState();
        var text = new EntryText();
        Verification found =
                reader.walk(entry ->
                        folded.apply(text.read(entry.index(), entry.line()), entry.line()));
        return new Book(reader, found, folded);
    }
}
