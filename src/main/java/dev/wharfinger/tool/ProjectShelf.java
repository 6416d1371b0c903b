package dev.wharfinger.tool;

import dev.wharfinger.call.Caller;
import dev.wharfinger.call.Shelf;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.shift.JsonTree;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.shift.ShiftState;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * Persona files as prompts; personas, skills, the ledger, shifts and the checkpoint as resources.
 */
final class ProjectShelf implements Shelf {
    private static final String MARKDOWN = "text/markdown";
    private final Project project;
    private final Library library;
    private final SkillShelf skills;
    private final PlanShelf plans;
    private final Sources sources;
    private final Function<String, Optional<String>> personaTexts;

    ProjectShelf(
            Project project,
            Library library,
            Sources sources,
            Function<String, Optional<String>> personaTexts) {
        this.project = project;
        this.library = library;
        this.skills = new SkillShelf(project, library);
        this.plans = new PlanShelf(project);
        this.sources = sources;
        this.personaTexts = personaTexts;
    }

    @Override
    public List<Prompt> prompts(Caller caller) {
        Persona persona = caller.persona();
        return List.of(
                new Prompt(
                        persona.name().value(),
                        persona.title(),
                        persona.description(),
                        List.of(
                                new Argument(
                                        "version",
                                        "The version that this is about, if the user named one.",
                                        false),
                                new Argument(
                                        "environment",
                                        "The environment, if the user named one.",
                                        false))));
    }

    @Override
    public Optional<String> prompt(
            Caller caller, String name, SequencedMap<String, String> arguments) {
        if (!name.equals(caller.persona().name().value())) {
            return Optional.empty();
        }
        var text = new StringBuilder(personaTexts.apply(name).orElse(""));
        text.append("\n\n---\nBegin with `begin_shift` and the user's request, word for word.");
        arguments.forEach((key, value) -> {
            if (!value.isBlank()) {
                text.append("\n- ").append(key).append(": ").append(Shown.brief(value, 100));
            }
        });
        return Optional.of(text.toString());
    }

    @Override
    public List<Resource> resources(Caller caller) {
        var resources = new ArrayList<Resource>();
        String name = caller.persona().name().value();
        resources.add(resource("persona://" + name, name, caller.persona().title(), MARKDOWN));
        skills.of(caller).map(ProjectShelf::entry).ifPresent(resources::add);
        for (WorkspacePath path : project.settings().ledger().all()) {
            if (library.readable(path).isPresent()) {
                resources.add(resource("ledger://" + path, path.name(), path.toString(), MARKDOWN));
            }
        }
        own(caller)
                .ifPresent(shift ->
                        resources.add(
                                resource(
                                        "shift://" + shift.id(),
                                        "shift",
                                        "Your open shift",
                                        "application/json")));
        resources.add(
                resource(
                        "journal://checkpoint",
                        "checkpoint",
                        "The journal's signed checkpoint",
                        "text/plain"));
        resources.addAll(plans.of(caller));
        return resources;
    }

    private static Resource resource(String uri, String name, String title, String type) {
        return new Resource(uri, name, title, "", type);
    }

    private static Resource entry(Skill skill) {
        String name = String.valueOf(skill.frontMatter().get("name"));
        Object description = skill.frontMatter().get("description");
        String said = description instanceof String text ? text : "";
        return new Resource(skill.uri(), name, "Skill " + name, said, MARKDOWN);
    }

    @Override
    public List<Skill> skills(Caller caller) {
        return skills.of(caller).stream().toList();
    }

    private Optional<ShiftState> own(Caller caller) {
        return project.state().openShift(caller.persona().name(), caller.principal());
    }

    @Override
    public List<Template> templates(Caller caller) {
        return List.of(
                new Template("ledger://{path}", "ledger", "A ledger file", MARKDOWN),
                new Template("persona://{name}", "persona", "A persona file", MARKDOWN),
                new Template("plan://{id}", "plan", "A plan of your shift", "application/json"),
                new Template("shift://{id}", "shift", "A shift of yours", "application/json"),
                new Template("skill://{name}/SKILL.md", "skill", "A skill", MARKDOWN));
    }

    @Override
    public Optional<Content> read(Caller caller, String uri) {
        int colon = uri.indexOf("://");
        if (colon < 0) {
            return Optional.empty();
        }
        String rest = uri.substring(colon + 3);
        return switch (uri.substring(0, colon)) {
            case "persona" -> personaTexts.apply(rest).map(text -> text(uri, MARKDOWN, text));
            case "skill" -> skills.read(caller, uri, rest);
            case "ledger" -> ledger(uri, rest);
            case "shift" -> shift(caller, uri, rest);
            case "plan" -> plans.read(caller, uri, rest);
            case "journal" ->
                    rest.equals("checkpoint")
                            ? Optional.of(
                                    text(
                                            uri,
                                            "text/plain",
                                            project.recorder().journal().checkpoint().note()))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Content text(String uri, String type, String text) {
        return new Content(uri, type, text, false);
    }

    private Optional<Content> ledger(String uri, String rest) {
        return project.settings().ledger().all().stream()
                .filter(path -> path.toString().equals(rest))
                .findFirst()
                .flatMap(library::readable)
                .map(file -> text(uri, MARKDOWN, file.text()));
    }

    private Optional<Content> shift(Caller caller, String uri, String rest) {
        if (!rest.matches("s_[a-z0-9]{26}")) {
            return Optional.empty();
        }
        return project.state()
                .shift(new ShiftId(rest))
                .filter(shift ->
                        shift.principal().equals(caller.principal())
                                && shift.persona().equals(caller.persona().name()))
                .map(shift -> text(uri, "application/json", json(shift)));
    }

    private String json(ShiftState shift) {
        var node = JsonTree.object();
        node.put("shift", shift.id().value())
                .put("persona", shift.persona().value())
                .put("open", shift.open())
                .put("request", shift.beginning().request());
        var observed = node.putObject("observed");
        shift.observed().forEach(observed::put);
        return JsonTree.write(node);
    }

    @Override
    public List<String> complete(Caller caller, String reference, String argument, String value) {
        List<String> all =
                switch (argument) {
                    case "environment" ->
                            List.copyOf(project.settings().environments().sequencedKeySet());
                    case "version" -> sources.head().map(this::versions).orElse(List.of());
                    case "path" ->
                            project.settings().ledger().all().stream()
                                    .map(WorkspacePath::toString)
                                    .toList();
                    case "name" ->
                            reference.startsWith("skill")
                                    ? caller.persona()
                                            .skill()
                                            .map(s -> List.of(s.name()))
                                            .orElse(List.of())
                                    : List.of(caller.persona().name().value());
                    case "id" ->
                            own(caller).map(shift -> List.of(shift.id().value())).orElse(List.of());
                    default -> List.of();
                };
        return all.stream().filter(candidate -> candidate.startsWith(value)).toList();
    }

    private List<String> versions(CommitId head) {
        return sources.versions(head);
    }
}
