package dev.wharfinger.mcp;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a server offers, apart from any protocol: the product puts its one door behind it, the
 * conformance suite its fixtures. Called by many threads at once. A method that blocks says so by
 * {@link #waits}; every other runs where its request arrived. What is thrown is a bug, reported by
 * {@link #incident} and answered with its id alone.
 */
public interface Features {
    /** Who this server is and what it can do. */
    Offer offer();

    /** The caller's tools as the wire shows them, all of them, in a stable order. */
    List<ObjectNode> tools(RequestContext context);

    /**
     * Calls a tool. An unknown name is {@link Reply.Failed}; arguments that do not fit the tool's
     * schema, refusals and failures are results with {@code isError}, so that the model sees why.
     */
    Reply call(String tool, ObjectNode arguments, RequestContext context);

    /** The prompts as the wire shows them. */
    List<ObjectNode> prompts(RequestContext context);

    /** One prompt with its arguments filled in; their values are strings. */
    Reply prompt(String name, ObjectNode arguments, RequestContext context);

    /** The resources as the wire shows them. */
    List<ObjectNode> resources(RequestContext context);

    /** The resource templates as the wire shows them. */
    List<ObjectNode> resourceTemplates(RequestContext context);

    /** The contents of one resource; {@link RpcError#unknownResource} when there is none. */
    Reply read(String uri, RequestContext context);

    /** The caller's skills: {@code uri}, {@code frontmatter} and {@code resources} of each. */
    default List<ObjectNode> skills(RequestContext context) {
        return List.of();
    }

    /**
     * Values that begin as the argument does: {@code reference} is a prompt or a template, {@code
     * argument} has {@code name} and {@code value}, {@code known} holds what was filled in before.
     */
    Reply complete(
            ObjectNode reference, ObjectNode argument, ObjectNode known, RequestContext context);

    /** Whether this request may block, and so wants a thread of its own. */
    boolean waits(String method, String name);

    /** How long a modern client may keep the result of this method. */
    default Freshness freshness(String method) {
        return Freshness.NONE;
    }

    /** The {@code x-mcp-header} marks of one tool; most have none. */
    default List<HeaderArgument> headerArguments(String tool, RequestContext context) {
        return List.of();
    }

    /**
     * Starts telling {@code to} what changes; nothing when this server never pushes, or the caller
     * listens too often already.
     */
    default Optional<Listening> listen(
            Interest interest, Consumer<Change> to, RequestContext context) {
        return Optional.empty();
    }

    /** Writes a bug down where operators look, and gives the id under which they find it. */
    String incident(Throwable bug);
}
