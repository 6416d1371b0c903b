package dev.wharfinger.cli;

import dev.wharfinger.persona.Persona;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.PersonaUnreadable;
import dev.wharfinger.persona.Personas;
import dev.wharfinger.workspace.WorkspacePath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code wharf doctor} says of each persona's file and of its skill. */
final class PersonaCheck {
    private static final long SIZE_LIMIT = 1 << 20;

    private final Patient patient;
    private final Section section = new Section("personas", "Personas");

    PersonaCheck(Patient patient) {
        this.patient = patient;
    }

    Section look() {
        Personas ours = Personas.builtIn();
        var plain = new ArrayList<String>();
        for (PersonaName name : ours.names()) {
            if (!patient.config().personas().containsKey(name)) {
                ours.named(name).ifPresent(persona -> builtIn(persona, plain));
            }
        }
        if (!plain.isEmpty()) {
            section.ok("built-in", String.join(" ", plain), "as they come with Wharfinger");
        }
        patient.config().personas().forEach(this::own);
        return section;
    }

    private void builtIn(Persona persona, List<String> plain) {
        plain.add(persona.name().command());
        skill(persona);
    }

    private void own(PersonaName name, WorkspacePath path) {
        Path file = patient.root().resolve(path.toString());
        String what = "file." + name;
        String subject = name.command();
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                section.fail(
                        ExitCode.CONFIGURATION,
                        what,
                        subject,
                        path + (Files.exists(file) ? " is no regular file" : " is not there"),
                        "Put the file there, or take `personas." + name + "` out of wharf.yaml.");
                return;
            }
            if (Files.size(file) > SIZE_LIMIT) {
                section.fail(
                        ExitCode.CONFIGURATION,
                        what,
                        subject,
                        path + " is larger than a persona file may be",
                        "Keep it below 256 KiB.");
                return;
            }
            byte[] bytes = Files.readAllBytes(file);
            var read = new Personas.PersonaFile(path.toString(), bytes);
            Personas.with(Map.of(name, read)).named(name).ifPresent(this::read);
        } catch (PersonaUnreadable wrong) {
            section.fail(
                    ExitCode.CONFIGURATION,
                    what,
                    subject,
                    wrong.source() + ": " + wrong.found(),
                    wrong.remedy());
        } catch (IOException unreadable) {
            section.fail(
                    ExitCode.WORLD,
                    what,
                    subject,
                    path + " cannot be read: " + unreadable.getMessage(),
                    "Give the user that runs wharf leave to read it.");
        }
    }

    private void read(Persona persona) {
        String what = "file." + persona.name();
        int warnings = persona.warnings().size();
        if (warnings == 0) {
            section.ok(what, persona.name().command(), "read from " + persona.file());
        } else {
            section.warn(
                    what,
                    persona.name().command(),
                    "%s, %d %s, the first at line %d"
                            .formatted(
                                    persona.file(),
                                    warnings,
                                    warnings == 1 ? "warning" : "warnings",
                                    persona.warnings().getFirst().source().line()),
                    "`wharf lint " + persona.file() + "` shows what was read and what was not.");
        }
        skill(persona);
    }

    /** A skill is read from the project, else the one of that name that comes with Wharfinger. */
    private void skill(Persona persona) {
        persona.skill()
                .filter(link -> !isThere(link.path()))
                .filter(link -> Personas.skill(link.name()).isEmpty())
                .ifPresent(link ->
                        section.warn(
                                "skill." + persona.name(),
                                "skill of " + persona.name().command(),
                                link.path() + " is not there, and none of that name is built in",
                                "Write it, or change " + link.source() + ", which names it."));
    }

    private boolean isThere(WorkspacePath path) {
        return Files.isRegularFile(
                patient.root().resolve(path.toString()), LinkOption.NOFOLLOW_LINKS);
    }
}
