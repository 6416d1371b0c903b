package dev.wharfinger.mcp;

/** Something that listeners may have asked to hear of. */
public sealed interface Change {
    /** The list of tools is another one. */
    record Tools() implements Change {}

    /** The list of prompts is another one. */
    record Prompts() implements Change {}

    /** The list of resources is another one. */
    record Resources() implements Change {}

    /** This resource's contents changed. */
    record Resource(String uri) implements Change {}
}
