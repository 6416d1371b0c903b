package dev.wharfinger.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.mcp.JsonBytes;
import dev.wharfinger.mcp.MalformedJson;
import dev.wharfinger.mcp.StrictJson;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/** Fixture nodes, written as text where that reads better. */
final class Json {
    static final String IMAGE =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5"
                + "ErkJggg==";
    static final String SOUND = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode object(String text) {
        try {
            return (ObjectNode) StrictJson.read(text.replace('\'', '"').getBytes(UTF_8));
        } catch (MalformedJson e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static String text(JsonNode node) {
        return new String(JsonBytes.of(node), UTF_8);
    }

    static ObjectNode textBlock(String text) {
        return object().put("type", "text").put("text", text);
    }

    static ObjectNode image() {
        return object().put("type", "image").put("data", IMAGE).put("mimeType", "image/png");
    }

    static ObjectNode resource(String uri, String mimeType, String text) {
        ObjectNode block = object().put("type", "resource");
        block.putObject("resource").put("uri", uri).put("mimeType", mimeType).put("text", text);
        return block;
    }

    static ObjectNode content(JsonNode... blocks) {
        ObjectNode result = object();
        ArrayNode content = result.putArray("content");
        List.of(blocks).forEach(content::add);
        return result;
    }

    static ObjectNode says(String text) {
        return content(textBlock(text));
    }
}
