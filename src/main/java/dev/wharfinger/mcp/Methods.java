package dev.wharfinger.mcp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The methods that both eras share: one switch from a method's name to what answers it. */
final class Methods {
    private final Features features;

    Methods(Features features) {
        this.features = features;
    }

    /** What answers this method, if it is one of these and its capability is declared. */
    Optional<Function<RequestContext, Reply>> find(
            String method, ObjectNode params, Revision revision) {
        Optional<String> capability = capability(method);
        if (capability.isEmpty()
                || !features.offer().capabilities(revision).has(capability.get())) {
            return Optional.empty();
        }
        return Optional.of(context -> answer(method, params, context));
    }

    private static Optional<String> capability(String method) {
        return switch (method) {
            case "tools/list", "tools/call" -> Optional.of("tools");
            case "prompts/list", "prompts/get" -> Optional.of("prompts");
            case "resources/list", "resources/templates/list", "resources/read" ->
                    Optional.of("resources");
            case "completion/complete" -> Optional.of("completions");
            default -> Optional.empty();
        };
    }

    /** What the request is about, for {@link Features#waits}. */
    static String nameIn(String method, ObjectNode params) {
        return params.path(method.equals("resources/read") ? "uri" : "name").asString("");
    }

    private Reply answer(String method, ObjectNode params, RequestContext context) {
        return switch (method) {
            case "tools/list" -> list("tools", params, features.tools(context));
            case "prompts/list" -> list("prompts", params, features.prompts(context));
            case "resources/list" -> list("resources", params, features.resources(context));
            case "resources/templates/list" ->
                    list("resourceTemplates", params, features.resourceTemplates(context));
            case "tools/call" ->
                    named(params, (name, given) -> features.call(name, given, context));
            case "prompts/get" -> prompt(params, context);
            case "resources/read" -> read(params, context);
            default -> complete(params, context);
        };
    }

    /** Everything fits one page, so every cursor is one that we never gave. */
    static Reply list(String key, ObjectNode params, List<ObjectNode> entries) {
        if (params.has("cursor")) {
            return wrong("`cursor` is not one of ours");
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode array = result.putArray(key);
        entries.forEach(array::add);
        return Reply.of(result);
    }

    private static Reply named(ObjectNode params, BiFunction<String, ObjectNode, Reply> then) {
        if (!params.path("name").isString()) {
            return wrong("`name` must be a string");
        }
        JsonNode arguments = params.path("arguments");
        if (!arguments.isMissingNode() && !arguments.isObject()) {
            return wrong("`arguments` must be an object");
        }
        ObjectNode given =
                arguments instanceof ObjectNode object
                        ? object
                        : JsonNodeFactory.instance.objectNode();
        return then.apply(params.path("name").stringValue(), given);
    }

    private Reply prompt(ObjectNode params, RequestContext context) {
        for (JsonNode value : params.path("arguments")) {
            if (!value.isString()) {
                return wrong("the values of `arguments` must be strings");
            }
        }
        return named(params, (name, given) -> features.prompt(name, given, context));
    }

    private Reply read(ObjectNode params, RequestContext context) {
        return params.path("uri").isString()
                ? features.read(params.path("uri").stringValue(), context)
                : wrong("`uri` must be a string");
    }

    private Reply complete(ObjectNode params, RequestContext context) {
        if (!(params.get("ref") instanceof ObjectNode reference)
                || !reference.path("type").isString()) {
            return wrong("`ref` must be an object with a `type`");
        }
        if (!(params.get("argument") instanceof ObjectNode argument)
                || !argument.path("name").isString()
                || !argument.path("value").isString()) {
            return wrong("`argument` must be an object with the strings `name` and `value`");
        }
        ObjectNode known =
                params.path("context").path("arguments") instanceof ObjectNode given
                        ? given
                        : JsonNodeFactory.instance.objectNode();
        return features.complete(reference, argument, known, context);
    }

    static Reply wrong(String reason) {
        return new Reply.Failed(RpcError.invalidParams(reason));
    }
}
