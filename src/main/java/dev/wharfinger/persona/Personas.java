package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every persona of a project: those that come with Wharfinger, and the project's own files in place
 * of them or beside them. Opens no project file: the caller hands their bytes in. Listed by name.
 */
public final class Personas {
    private static final String PLACE = "wharfinger/";
    private static final List<String> NAMES =
            List.of("architect", "auditor", "build", "deploy", "retro", "security", "test", "ux");
    private static final List<String> SKILLS =
            List.of(
                    "architect-toolkit",
                    "build-toolkit",
                    "deploy-toolkit",
                    "retro-toolkit",
                    "security-toolkit",
                    "test-toolkit",
                    "ux-toolkit");

    /** The project's own; every other name is one of ours. */
    private final Map<PersonaName, PersonaFile> own;

    private final SortedSet<PersonaName> names;
    private final Map<PersonaName, PersonaFile> ours = new ConcurrentHashMap<>();

    /** Ours are read when asked for: a server for one persona starts without the others. */
    private final Map<PersonaName, Persona> read = new ConcurrentHashMap<>();

    private final Map<PersonaName, String> texts = new ConcurrentHashMap<>();
    private final Map<PersonaName, byte[]> bytes = new ConcurrentHashMap<>();
    private final Map<String, byte[]> skills = new ConcurrentHashMap<>();

    /** A project's own persona file: its path as refusals name it, and its bytes. */
    public record PersonaFile(String file, byte[] bytes) {
        public PersonaFile {
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }
    }

    private Personas(Map<PersonaName, PersonaFile> own) {
        this.own = own;
        this.names = new TreeSet<>(builtInNames());
        names.addAll(own.keySet());
    }

    /** The personas that come with Wharfinger. */
    public static Personas builtIn() {
        return new Personas(Map.of());
    }

    /**
     * The personas of a project.
     *
     * @param own its files by persona, in place of those that come with Wharfinger or beside them
     * @throws PersonaUnreadable for the first, by name, that cannot be read
     */
    public static Personas with(Map<PersonaName, PersonaFile> own) throws PersonaUnreadable {
        var personas = new Personas(Map.copyOf(own));
        for (var file : new TreeMap<>(own).entrySet()) {
            personas.read.put(file.getKey(), parse(file.getKey(), file.getValue()));
        }
        return personas;
    }

    private static Persona parse(PersonaName name, PersonaFile file) throws PersonaUnreadable {
        Persona persona = PersonaReader.parse(file.file(), file.bytes());
        if (!persona.name().equals(name)) {
            throw new PersonaUnreadable(
                    new Source(file.file(), 0),
                    "it describes %s, but is declared for `%s`"
                            .formatted(persona.name().command(), name),
                    "Declare it under `personas: %s:`, or change its heading"
                            .formatted(persona.name()));
        }
        return persona;
    }

    private static Persona parseOurs(PersonaName name, PersonaFile file) {
        try {
            return parse(name, file);
        } catch (PersonaUnreadable broken) {
            throw new IllegalStateException("a persona in the jar is broken", broken);
        }
    }

    /** The names of all of them, in order. */
    public List<PersonaName> names() {
        return List.copyOf(names);
    }

    /** All of them, by name. */
    public List<Persona> all() {
        return names().stream().flatMap(name -> named(name).stream()).toList();
    }

    public Optional<Persona> named(PersonaName name) {
        return file(name).map(file -> read.computeIfAbsent(name, _ -> parseOurs(name, file)));
    }

    /** The file of that persona. */
    public Optional<PersonaFile> file(PersonaName name) {
        if (!names.contains(name)) {
            return Optional.empty();
        }
        PersonaFile project = own.get(name);
        return Optional.of(
                project == null ? ours.computeIfAbsent(name, Personas::ofTheJar) : project);
    }

    private static PersonaFile ofTheJar(PersonaName name) {
        String file = "prompts/" + name + ".md";
        return new PersonaFile(file, resource(file));
    }

    /** The persona of a command: {@code /deploy}. */
    public Optional<Persona> of(String command) {
        return names().stream()
                .filter(name -> name.command().equals(command))
                .findFirst()
                .flatMap(this::named);
    }

    /** The file's text as the agent reads it: encoding repaired, otherwise as written. */
    public Optional<String> text(PersonaName name) {
        return file(name).map(file -> texts.computeIfAbsent(name, _ -> text(file)));
    }

    private static String text(PersonaFile file) {
        try {
            return SourceText.of(file.file(), file.bytes()).text();
        } catch (PersonaUnreadable broken) {
            throw new IllegalStateException("it was readable when it was parsed", broken);
        }
    }

    /** The same as bytes: the same ones at each call, not to be changed. */
    public Optional<byte[]> textBytes(PersonaName name) {
        return text(name)
                .map(text ->
                        bytes.computeIfAbsent(name, _ -> text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The names of the personas that come with Wharfinger. */
    public static List<PersonaName> builtInNames() {
        return NAMES.stream().map(PersonaName::new).toList();
    }

    /** The names of the skills that come with Wharfinger. */
    public static List<String> skillNames() {
        return SKILLS;
    }

    /** The bytes of a skill that comes with Wharfinger: its {@code SKILL.md}. */
    public static Optional<byte[]> skill(String name) {
        return SKILLS.contains(name)
                ? Optional.of(resource("skills/" + name + "/SKILL.md"))
                : Optional.empty();
    }

    /** The same, read once: each look at the rules asks for all of them. Not to be changed. */
    public Optional<byte[]> ownSkill(String name) {
        return SKILLS.contains(name)
                ? Optional.of(skills.computeIfAbsent(name, known -> skill(known).orElseThrow()))
                : Optional.empty();
    }

    private static byte[] resource(String path) {
        try (var in = Personas.class.getClassLoader().getResourceAsStream(PLACE + path)) {
            if (in == null) {
                throw new IllegalStateException("the jar holds no " + PLACE + path);
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read " + PLACE + path, broken);
        }
    }
}
