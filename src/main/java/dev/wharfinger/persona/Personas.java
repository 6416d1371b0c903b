package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Every persona of a project: those that come with Wharfinger, and the project's own files in place
 * of them or beside them. Opens no project file: the caller hands their bytes in. Listed by name.
 */
public final class Personas {
    private static final String PLACE = "wharfinger/";
    private static final List<String> NAMES = List.of("auditor", "deploy", "security", "test");
    private static final List<String> SKILLS =
            List.of("deploy-toolkit", "security-toolkit", "test-toolkit");

    private final SequencedMap<PersonaName, Persona> personas = new LinkedHashMap<>();
    private final Map<PersonaName, String> texts = new TreeMap<>();

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

    private Personas(Map<PersonaName, PersonaFile> files) throws PersonaUnreadable {
        for (var file : new TreeMap<>(files).entrySet()) {
            PersonaName name = file.getKey();
            Persona persona = PersonaReader.parse(file.getValue().file(), file.getValue().bytes());
            if (!persona.name().equals(name)) {
                throw new PersonaUnreadable(
                        new Source(persona.file(), 0),
                        "it describes %s, but is declared for `%s`"
                                .formatted(persona.name().command(), name),
                        "Declare it under `personas: %s:`, or change its heading"
                                .formatted(persona.name()));
            }
            personas.put(name, persona);
            String text = SourceText.of(persona.file(), file.getValue().bytes()).text();
            texts.put(name, text);
        }
    }

    /** The personas that come with Wharfinger. */
    public static Personas builtIn() {
        try {
            return with(Map.of());
        } catch (PersonaUnreadable broken) {
            throw new IllegalStateException("a persona in the jar is broken", broken);
        }
    }

    /**
     * The personas of a project.
     *
     * @param own its files by persona, in place of those that come with Wharfinger or beside them
     * @throws PersonaUnreadable for the first, by name, that cannot be read
     */
    public static Personas with(Map<PersonaName, PersonaFile> own) throws PersonaUnreadable {
        var files = new TreeMap<PersonaName, PersonaFile>();
        for (String name : NAMES) {
            String file = "prompts/" + name + ".md";
            files.put(new PersonaName(name), new PersonaFile(file, resource(file)));
        }
        files.putAll(own);
        return new Personas(files);
    }

    /** All of them, by name. */
    public List<Persona> all() {
        return List.copyOf(personas.sequencedValues());
    }

    public Optional<Persona> named(PersonaName name) {
        return Optional.ofNullable(personas.get(name));
    }

    /** The persona of a command: {@code /deploy}. */
    public Optional<Persona> of(String command) {
        return all().stream().filter(one -> one.name().command().equals(command)).findFirst();
    }

    /** The file's text as the agent reads it: encoding repaired, otherwise as written. */
    public Optional<String> text(PersonaName name) {
        return Optional.ofNullable(texts.get(name));
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
