package dev.wharfinger.cli;

import dev.wharfinger.journal.JournalReader;
import dev.wharfinger.journal.Verification;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.PersonaUnreadable;
import dev.wharfinger.persona.Personas;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.tool.RuleFiles;
import dev.wharfinger.tool.Settings;
import dev.wharfinger.workspace.WorkspacePath;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * One project as the command line finds it: its root, its configuration, its state, its personas.
 */
record ProjectFolder(
        Terminal terminal,
        Path root,
        boolean configured,
        Config config,
        StateFolder state,
        Personas personaFiles) {
    private static final String SKILL = "SKILL.md";

    /** The project at this place; its state folder is made where it is missing. */
    static ProjectFolder open(Terminal terminal, Place place)
            throws IOException, CommandFailed, ConfigError {
        return open(terminal, place, Personas.builtIn());
    }

    /**
     * The same; {@code ours} are the personas that come with Wharfinger, perhaps being read
     * already.
     */
    static ProjectFolder open(Terminal terminal, Place place, Personas ours)
            throws IOException, CommandFailed, ConfigError {
        Path real = place.sound().root().toRealPath();
        try {
            Config known = place.config().isPresent() ? place.config().get() : Config.none(real);
            StateFolder folder = StateFolder.of(real, place.forAgents().state());
            return new ProjectFolder(
                    terminal,
                    real,
                    place.config().isPresent(),
                    known,
                    folder,
                    personas(real, known, ours));
        } catch (PersonaUnreadable e) {
            throw new CommandFailed(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The project by its accepted copies alone, where the files themselves cannot be read. A keeper
     * believes of them only what has the accepted digest.
     *
     * @throws CommandFailed where there is no such copy
     */
    static ProjectFolder accepted(Terminal terminal, Place place)
            throws IOException, CommandFailed, ConfigError {
        Path real = place.root().toRealPath();
        StateFolder folder = StateFolder.of(real, place.forAgents().state());
        byte[] copy =
                bytes(folder.trusted(Config.FILE))
                        .orElseThrow(() ->
                                new CommandFailed(
                                        ExitCode.CONFIGURATION,
                                        "no accepted copy of " + Config.FILE + " is there either"));
        Config known =
                Config.parse(
                        Config.FILE,
                        new String(copy, StandardCharsets.UTF_8),
                        Config.folderName(real),
                        terminal.environment());
        return new ProjectFolder(terminal, real, true, known, folder, Personas.builtIn());
    }

    private static Personas personas(Path root, Config config, Personas ours)
            throws IOException, PersonaUnreadable {
        if (config.personas().isEmpty()) {
            return ours;
        }
        Map<PersonaName, Personas.PersonaFile> own = new LinkedHashMap<>();
        for (var entry : config.personas().entrySet()) {
            byte[] bytes = Files.readAllBytes(root.resolve(entry.getValue().toString()));
            own.put(entry.getKey(), new Personas.PersonaFile(entry.getValue().toString(), bytes));
        }
        return Personas.with(own);
    }

    /** What tools need of the configuration. */
    Settings settings() {
        var environments = new LinkedHashMap<String, dev.wharfinger.deploy.EnvironmentSettings>();
        config.environments().forEach((name, settings) -> environments.put(name.value(), settings));
        var people = new LinkedHashMap<String, dev.wharfinger.approval.ApprovalSettings>();
        config.approvals().forEach((name, approvals) -> people.put(name.value(), approvals));
        return new Settings(
                configured,
                config.project(),
                config.ledger(),
                config.artifact(),
                environments,
                people,
                config.gates(),
                config.proofsIgnore(),
                config.planExpires(),
                config.server().url(),
                config.extras().mayDiffer(),
                config.extras().monitoring());
    }

    /** The journal's name: first line of every checkpoint, and one word without {@code +}. */
    String origin() {
        String word = config.project().replaceAll("[\\s\\p{Z}\\p{Cntrl}+]+", "-");
        return "wharfinger.local/journal/" + word;
    }

    String version() {
        return Optional.ofNullable(ProjectFolder.class.getPackage().getImplementationVersion())
                .orElse("0.0.0-unpacked");
    }

    /** Whether there is a persona of that name; its file is not read for that. */
    boolean knows(String name) {
        return personaFiles.names().stream().anyMatch(known -> known.value().equals(name));
    }

    /** The persona of that name. */
    Optional<Persona> persona(String name) {
        return PersonaName.isName(name)
                ? personaFiles.named(new PersonaName(name))
                : Optional.empty();
    }

    Collection<Persona> personas() {
        return personaFiles.all();
    }

    /** The text of a persona's file, for the prompt of its name. */
    Optional<String> personaText(String name) {
        return PersonaName.isName(name)
                ? personaFiles.text(new PersonaName(name))
                : Optional.empty();
    }

    /** The skill that comes with Wharfinger and stands in for this path. */
    Optional<byte[]> builtInSkill(WorkspacePath path) {
        List<String> parts = path.parts();
        boolean skill = parts.size() >= 2 && parts.getLast().equals(SKILL);
        return skill ? Personas.skill(parts.get(parts.size() - 2)) : Optional.empty();
    }

    /** What nobody but people writes: the files of the rules that lie in the project. */
    Set<WorkspacePath> forbidden() {
        var forbidden = new LinkedHashSet<WorkspacePath>();
        forbidden.add(WorkspacePath.of(Config.FILE));
        forbidden.addAll(config.personas().values());
        forbidden.addAll(scripts());
        Personas.skillNames()
                .forEach(skill -> forbidden.add(WorkspacePath.of("skills/" + skill + "/" + SKILL)));
        return forbidden;
    }

    /**
     * Files of the project that the integrity command names: what stands there, and what is written
     * like a path, though nothing stands there yet.
     */
    private List<WorkspacePath> scripts() {
        var scripts = new ArrayList<WorkspacePath>();
        var integrity = config.gates().get(GateId.INTEGRITY);
        if (integrity != null) {
            for (String word : integrity.command().orElse(List.of())) {
                RuleFiles.script(word)
                        .filter(path ->
                                word.contains("/")
                                        || Files.isRegularFile(
                                                root.resolve(path.toString()),
                                                LinkOption.NOFOLLOW_LINKS))
                        .ifPresent(scripts::add);
            }
        }
        return scripts;
    }

    /** Every file of the rules under the name by which people know it, in a fixed order. */
    SequencedMap<String, Optional<byte[]>> ruleFiles() {
        var files = new LinkedHashMap<String, Optional<byte[]>>();
        files.put(Config.FILE, bytes(root.resolve(Config.FILE)));
        files.put(RuleFiles.APPROVERS, bytes(state.approvers()));
        for (PersonaName name : Personas.builtInNames()) {
            var own = config.personas().get(name);
            if (own == null) {
                files.put("built-in:" + name, personaFiles.textBytes(name));
            }
        }
        config.personas()
                .forEach((name, path) ->
                        files.put(path.toString(), bytes(root.resolve(path.toString()))));
        for (String skill : Personas.skillNames()) {
            String path = "skills/" + skill + "/" + SKILL;
            files.put(path, bytes(root.resolve(path)).or(() -> personaFiles.ownSkill(skill)));
        }
        scripts().forEach(path -> files.put(path.toString(), bytes(root.resolve(path.toString()))));
        return files;
    }

    private static Optional<byte[]> bytes(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a copy of the rules as they were accepted, to show people what changed later. */
    void keepTrusted(SequencedMap<String, Optional<byte[]>> files) throws IOException {
        Files.createDirectories(state.trust());
        for (var entry : files.entrySet()) {
            Path copy = state.trusted(entry.getKey());
            if (entry.getValue().isPresent()) {
                Files.write(copy, entry.getValue().get());
            } else {
                Files.deleteIfExists(copy);
            }
        }
    }

    /** The copy of a file of the rules as it was accepted. */
    Optional<byte[]> trustedBytes(String name) {
        return bytes(state.trusted(name));
    }

    /** The approvers file as it stands, accepted or not. */
    Optional<byte[]> approversBytes() {
        return bytes(state.approvers());
    }

    /** The journal of this project, verified by reading its files. */
    Verification verification() {
        try {
            return JournalReader.open(state.path()).verify();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
