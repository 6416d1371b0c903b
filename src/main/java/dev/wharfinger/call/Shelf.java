package dev.wharfinger.call;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** What clients may read beside calling tools: prompts and resources, each for its caller. */
public interface Shelf {
    /** A prompt as clients list it. */
    record Prompt(String name, String title, String description, List<Argument> arguments) {
        public Prompt {
            arguments = List.copyOf(arguments);
        }
    }

    /** One argument of a prompt; all are text. */
    record Argument(String name, String description, boolean required) {}

    /** A resource as clients list it; the description may be empty. */
    record Resource(String uri, String name, String title, String description, String mimeType) {}

    /** A skill (SEP-2640): its {@code SKILL.md}, what that says of itself, and every file of it. */
    record Skill(String uri, SequencedMap<String, Object> frontMatter, List<SkillFile> files) {
        public Skill {
            files = List.copyOf(files);
        }
    }

    /** One file of a skill. */
    record SkillFile(String uri, String sha256, long size) {}

    /** A family of resources. */
    record Template(String uriTemplate, String name, String title, String mimeType) {}

    /** What a resource holds: text, or the Base64 of what is none. */
    record Content(String uri, String mimeType, String text, boolean isBase64) {}

    /** The caller's prompts. */
    List<Prompt> prompts(Caller caller);

    /** The text of a prompt with these arguments; empty where there is no such prompt. */
    Optional<String> prompt(Caller caller, String name, SequencedMap<String, String> arguments);

    /** The caller's resources that exist now. */
    List<Resource> resources(Caller caller);

    /** The families that resources come from. */
    List<Template> templates(Caller caller);

    /** One resource; empty where there is none, or not for this caller. */
    Optional<Content> read(Caller caller, String uri);

    /** The caller's skills that can be read. */
    List<Skill> skills(Caller caller);

    /** What an argument of a prompt or template can be, beginning as {@code value} does. */
    List<String> complete(Caller caller, String reference, String argument, String value);
}
