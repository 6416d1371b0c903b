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

    /** A resource as clients list it. */
    record Resource(String uri, String name, String title, String mimeType) {}

    /** A family of resources. */
    record Template(String uriTemplate, String name, String title, String mimeType) {}

    /** What a resource holds. */
    record Content(String uri, String mimeType, String text) {}

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

    /** What an argument of a prompt or template can be, beginning as {@code value} does. */
    List<String> complete(Caller caller, String reference, String argument, String value);
}
