package dev.wharfinger.mcp;

import dev.wharfinger.call.Answer;
import dev.wharfinger.call.Caller;
import dev.wharfinger.call.Catalogue;
import dev.wharfinger.call.Gatekeeper;
import dev.wharfinger.call.Shelf;
import dev.wharfinger.call.Signals;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.ToolCall;
import dev.wharfinger.call.ToolContract;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The product as protocol clients see it: tools behind the one door, prompts and resources. */
public final class DoorFeatures implements Features {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MOST_COMPLETIONS = 100;

    private final Offer offer;
    private final Catalogue catalogue;
    private final Gatekeeper door;
    private final Shelf shelf;
    private final Function<Throwable, String> incidents;
    private final Invitations invitations = new Invitations();

    /** Offers this catalogue and this shelf; {@code incidents} writes a bug down and names it. */
    public DoorFeatures(
            String version,
            String instructions,
            Catalogue catalogue,
            Gatekeeper door,
            Shelf shelf,
            Function<Throwable, String> incidents) {
        this.offer = offer(version, instructions);
        this.catalogue = catalogue;
        this.door = door;
        this.shelf = shelf;
        this.incidents = incidents;
    }

    private static Offer offer(String version, String instructions) {
        ObjectNode info =
                NODES.objectNode()
                        .put("name", "wharfinger")
                        .put("title", "Wharfinger")
                        .put("version", version);
        return new Offer(info, Optional.of(instructions), capabilities(), capabilities());
    }

    private static ObjectNode capabilities() {
        ObjectNode capabilities = NODES.objectNode();
        capabilities.putObject("tools");
        capabilities.putObject("prompts");
        capabilities.putObject("resources");
        capabilities.putObject("completions");
        return capabilities;
    }

    private static Caller caller(RequestContext context) {
        return (Caller) context.caller();
    }

    @Override
    public Offer offer() {
        return offer;
    }

    @Override
    public List<ObjectNode> tools(RequestContext context) {
        return catalogue.of(caller(context)).stream().map(DoorFeatures::listed).toList();
    }

    private static ObjectNode listed(ToolContract contract) {
        ObjectNode tool =
                NODES.objectNode()
                        .put("name", contract.name())
                        .put("title", contract.title())
                        .put("description", contract.description());
        tool.set("inputSchema", contract.inputSchema());
        tool.set("outputSchema", contract.outputSchema());
        tool.putObject("annotations")
                .put("title", contract.title())
                .put("readOnlyHint", contract.hints().readOnly())
                .put("destructiveHint", contract.hints().destructive())
                .put("idempotentHint", contract.hints().idempotent())
                .put("openWorldHint", contract.hints().openWorld());
        return tool;
    }

    @Override
    public Reply call(String tool, ObjectNode arguments, RequestContext context) {
        if (!catalogue.knows(tool)) {
            return new Reply.Failed(RpcError.unknown("tool", tool));
        }
        Caller caller = caller(context);
        Answer answer = door.call(caller, new ToolCall(tool, arguments, signals(context)));
        if (waits("tools/call", tool)) { // where a client may be asked something
            var asked = invitations.offer(answer, context, caller.principal().value());
            if (asked.isPresent()) {
                return asked.get();
            }
        }
        ObjectNode result = NODES.objectNode();
        result.putArray("content").addObject().put("type", "text").put("text", answer.text());
        result.set("structuredContent", answer.structured());
        if (answer.isError()) {
            result.put("isError", true);
        }
        return new Reply.Complete(result, answer.durableUpTo() - 1);
    }

    private static Signals signals(RequestContext context) {
        return new Signals() {
            @Override
            public void progress(double done, OptionalDouble total, String message) {
                context.progress(done, total, message);
            }

            @Override
            public boolean cancelled() {
                return context.cancelled();
            }
        };
    }

    @Override
    public List<ObjectNode> prompts(RequestContext context) {
        return shelf.prompts(caller(context)).stream().map(DoorFeatures::listed).toList();
    }

    private static ObjectNode listed(Shelf.Prompt prompt) {
        ObjectNode node =
                NODES.objectNode()
                        .put("name", prompt.name())
                        .put("title", prompt.title())
                        .put("description", prompt.description());
        ArrayNode arguments = node.putArray("arguments");
        for (Shelf.Argument argument : prompt.arguments()) {
            arguments
                    .addObject()
                    .put("name", argument.name())
                    .put("description", argument.description())
                    .put("required", argument.required());
        }
        return node;
    }

    @Override
    public Reply prompt(String name, ObjectNode arguments, RequestContext context) {
        var values = new LinkedHashMap<String, String>();
        arguments.properties().forEach(e -> values.put(e.getKey(), e.getValue().asString()));
        Optional<String> text = shelf.prompt(caller(context), name, values);
        if (text.isEmpty()) {
            return new Reply.Failed(RpcError.unknown("prompt", name));
        }
        ObjectNode result = NODES.objectNode();
        ObjectNode message = result.putArray("messages").addObject().put("role", "user");
        message.putObject("content").put("type", "text").put("text", text.get());
        return Reply.of(result);
    }

    @Override
    public List<ObjectNode> resources(RequestContext context) {
        return shelf.resources(caller(context)).stream()
                .map(resource ->
                        NODES.objectNode()
                                .put("uri", resource.uri())
                                .put("name", resource.name())
                                .put("title", resource.title())
                                .put("mimeType", resource.mimeType()))
                .toList();
    }

    @Override
    public List<ObjectNode> resourceTemplates(RequestContext context) {
        return shelf.templates(caller(context)).stream()
                .map(template ->
                        NODES.objectNode()
                                .put("uriTemplate", template.uriTemplate())
                                .put("name", template.name())
                                .put("title", template.title())
                                .put("mimeType", template.mimeType()))
                .toList();
    }

    @Override
    public Reply read(String uri, RequestContext context) {
        Optional<Shelf.Content> content = shelf.read(caller(context), uri);
        if (content.isEmpty()) {
            return new Reply.Failed(RpcError.unknownResource(context.revision(), uri));
        }
        ObjectNode result = NODES.objectNode();
        result.putArray("contents")
                .addObject()
                .put("uri", content.get().uri())
                .put("mimeType", content.get().mimeType())
                .put("text", content.get().text());
        return Reply.of(result);
    }

    @Override
    public Reply complete(
            ObjectNode reference, ObjectNode argument, ObjectNode known, RequestContext context) {
        String name = reference.path("name").asString(reference.path("uri").asString(""));
        Optional<String> unknown = unknown(reference.path("type").asString(""), name, context);
        if (unknown.isPresent()) {
            return new Reply.Failed(RpcError.unknown(unknown.get(), name));
        }
        List<String> values =
                shelf.complete(
                        caller(context),
                        name,
                        argument.path("name").asString(""),
                        argument.path("value").asString(""));
        ObjectNode result = NODES.objectNode();
        ObjectNode completion = result.putObject("completion");
        ArrayNode shown = completion.putArray("values");
        values.stream().limit(MOST_COMPLETIONS).forEach(shown::add);
        completion.put("total", values.size()).put("hasMore", values.size() > MOST_COMPLETIONS);
        return Reply.of(result);
    }

    /** What kind of thing the reference names and the caller does not have. */
    private Optional<String> unknown(String type, String name, RequestContext context) {
        Caller caller = caller(context);
        return switch (type) {
            case "ref/prompt" ->
                    shelf.prompts(caller).stream().anyMatch(prompt -> prompt.name().equals(name))
                            ? Optional.empty()
                            : Optional.of("prompt");
            case "ref/resource" ->
                    shelf.templates(caller).stream().anyMatch(t -> t.uriTemplate().equals(name))
                                    || shelf.resources(caller).stream()
                                            .anyMatch(each -> each.uri().equals(name))
                            ? Optional.empty()
                            : Optional.of("resource template");
            default -> Optional.of("reference");
        };
    }

    @Override
    public boolean waits(String method, String name) {
        return method.equals("tools/call")
                && catalogue.pace(name).filter(Tool.Pace.WAITS::equals).isPresent();
    }

    @Override
    public String incident(Throwable bug) {
        return incidents.apply(bug);
    }
}
