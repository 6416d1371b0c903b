package dev.wharfinger.mcp;

import dev.wharfinger.call.Caller;
import dev.wharfinger.call.Shelf;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What lies on the shelf as the wire shows it: prompts, resources, skills, completions. */
final class ShelfWire {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MOST_COMPLETIONS = 100;

    private final Shelf shelf;

    ShelfWire(Shelf shelf) {
        this.shelf = shelf;
    }

    private static Caller caller(RequestContext context) {
        return (Caller) context.caller();
    }

    List<ObjectNode> prompts(RequestContext context) {
        return shelf.prompts(caller(context)).stream().map(ShelfWire::listed).toList();
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

    Reply prompt(String name, ObjectNode arguments, RequestContext context) {
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

    List<ObjectNode> resources(RequestContext context) {
        return shelf.resources(caller(context)).stream().map(ShelfWire::listed).toList();
    }

    private static ObjectNode listed(Shelf.Resource resource) {
        ObjectNode node =
                NODES.objectNode()
                        .put("uri", resource.uri())
                        .put("name", resource.name())
                        .put("title", resource.title());
        if (!resource.description().isEmpty()) {
            node.put("description", resource.description());
        }
        return node.put("mimeType", resource.mimeType());
    }

    List<ObjectNode> resourceTemplates(RequestContext context) {
        return shelf.templates(caller(context)).stream()
                .map(template ->
                        NODES.objectNode()
                                .put("uriTemplate", template.uriTemplate())
                                .put("name", template.name())
                                .put("title", template.title())
                                .put("mimeType", template.mimeType()))
                .toList();
    }

    Reply read(String uri, RequestContext context) {
        Optional<Shelf.Content> content = shelf.read(caller(context), uri);
        if (content.isEmpty()) {
            return new Reply.Failed(RpcError.unknownResource(context.revision(), uri));
        }
        ObjectNode result = NODES.objectNode();
        result.putArray("contents")
                .addObject()
                .put("uri", content.get().uri())
                .put("mimeType", content.get().mimeType())
                .put(content.get().isBase64() ? "blob" : "text", content.get().text());
        return Reply.of(result);
    }

    Reply complete(
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

    List<ObjectNode> skills(RequestContext context) {
        return shelf.skills(caller(context)).stream().map(ShelfWire::listed).toList();
    }

    private static ObjectNode listed(Shelf.Skill skill) {
        ObjectNode node = NODES.objectNode().put("uri", skill.uri());
        node.set("frontmatter", value(skill.frontMatter()));
        ArrayNode files = node.putArray("resources");
        for (Shelf.SkillFile file : skill.files()) {
            files.addObject()
                    .put("uri", file.uri())
                    .put("digest", "sha256:" + file.sha256())
                    .put("size", file.size());
        }
        return node;
    }

    /** What front matter can hold, as JSON. */
    private static JsonNode value(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                ObjectNode object = NODES.objectNode();
                map.forEach((key, one) -> object.set(String.valueOf(key), value(one)));
                yield object;
            }
            case List<?> list -> {
                ArrayNode array = NODES.arrayNode();
                list.forEach(one -> array.add(value(one)));
                yield array;
            }
            case Boolean yes -> NODES.booleanNode(yes);
            case Long whole -> NODES.numberNode(whole);
            case Double number -> NODES.numberNode(number);
            default -> NODES.stringNode(String.valueOf(value));
        };
    }
}
