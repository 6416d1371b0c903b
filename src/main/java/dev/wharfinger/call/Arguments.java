package dev.wharfinger.call;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The arguments of a call after its schema has accepted them, so that types need no second check.
 */
public record Arguments(ObjectNode node) {
    /** A required text. */
    public String text(String name) {
        return node.required(name).asString();
    }

    /** A text that may be left out. */
    public Optional<String> maybeText(String name) {
        JsonNode value = node.path(name);
        return value.isString() ? Optional.of(value.asString()) : Optional.empty();
    }

    /** A whole number that may be left out. */
    public OptionalInt maybeInt(String name) {
        JsonNode value = node.path(name);
        return value.isInt() ? OptionalInt.of(value.asInt()) : OptionalInt.empty();
    }

    /** A flag; left out it is false. */
    public boolean flag(String name) {
        return node.path(name).asBoolean(false);
    }

    /** Whether the argument was sent. */
    public boolean has(String name) {
        return node.has(name);
    }

    /** A list of texts; left out it is empty. */
    public List<String> texts(String name) {
        var texts = new ArrayList<String>();
        node.path(name).forEach(item -> texts.add(item.asString()));
        return texts;
    }

    /** A list of objects; left out it is empty. */
    public List<Arguments> objects(String name) {
        var objects = new ArrayList<Arguments>();
        node.path(name).forEach(item -> objects.add(new Arguments((ObjectNode) item)));
        return objects;
    }

    /** The text members of an object argument, in their order. */
    public java.util.SequencedMap<String, String> fields(String name) {
        var fields = new java.util.LinkedHashMap<String, String>();
        node.path(name)
                .properties()
                .forEach(entry -> fields.put(entry.getKey(), entry.getValue().asString()));
        return fields;
    }
}
