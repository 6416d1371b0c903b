package dev.wharfinger.mcp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Skills with the digests of their files (extension {@code io.modelcontextprotocol/skills},
 * SEP-2640), and their folders. The files themselves are resources.
 */
final class SkillMethods {
    static final String EXTENSION = "io.modelcontextprotocol/skills";

    private final Features features;

    SkillMethods(Features features) {
        this.features = features;
    }

    /** What answers this method, if it is one of these and they are offered. */
    Optional<Function<RequestContext, Reply>> find(String method, ObjectNode params) {
        JsonNode offered = features.offer().modernCapabilities().path("extensions").path(EXTENSION);
        if (!offered.isObject()) {
            return Optional.empty();
        }
        return switch (method) {
            case "skills/list" -> Optional.of(context -> list(params, context));
            case "skills/get" -> Optional.of(context -> get(params, context));
            case "resources/directory/read" ->
                    offered.path("directoryRead").booleanValue(false)
                            ? Optional.of(context -> folder(params, context))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Reply list(ObjectNode params, RequestContext context) {
        return Methods.list("skills", params, features.skills(context));
    }

    private Reply get(ObjectNode params, RequestContext context) {
        if (!params.path("uri").isString()) {
            return Methods.wrong("`uri` must be a string");
        }
        String uri = params.path("uri").stringValue();
        return features.skills(context).stream()
                .filter(skill -> skill.path("uri").asString("").equals(uri))
                .findFirst()
                .map(skill -> {
                    ObjectNode result = JsonNodeFactory.instance.objectNode();
                    result.set("skill", skill);
                    return Reply.of(result);
                })
                .orElseGet(
                        () -> new Reply.Failed(RpcError.unknownResource(context.revision(), uri)));
    }

    /** The direct children of a folder that a skill lies in or has. */
    private Reply folder(ObjectNode params, RequestContext context) {
        if (!params.path("uri").isString()) {
            return Methods.wrong("`uri` must be a string");
        }
        if (params.has("cursor")) {
            return Methods.wrong("`cursor` is not one of ours");
        }
        String uri = params.path("uri").stringValue();
        String prefix = uri.endsWith("/") ? uri : uri + "/";
        var children = new TreeMap<String, ObjectNode>();
        for (String file : files(features.skills(context))) {
            if (file.startsWith(prefix)) {
                String rest = file.substring(prefix.length());
                int slash = rest.indexOf('/');
                String name = slash < 0 ? rest : rest.substring(0, slash);
                children.computeIfAbsent(name, _ -> child(prefix + name, name, slash >= 0));
            }
        }
        if (children.isEmpty()) {
            return new Reply.Failed(RpcError.unknownResource(context.revision(), uri));
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode resources = result.putArray("resources");
        children.values().forEach(resources::add);
        return Reply.of(result);
    }

    private static List<String> files(List<ObjectNode> skills) {
        var files = new ArrayList<String>();
        for (ObjectNode skill : skills) {
            skill.path("resources").forEach(file -> files.add(file.path("uri").asString("")));
        }
        return files;
    }

    private static ObjectNode child(String uri, String name, boolean isFolder) {
        ObjectNode child = JsonNodeFactory.instance.objectNode().put("uri", uri).put("name", name);
        if (isFolder) {
            child.put("mimeType", "inode/directory");
        } else if (name.endsWith(".md")) {
            child.put("mimeType", "text/markdown");
        }
        return child;
    }
}
