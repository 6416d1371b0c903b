package dev.wharfinger.cli;

import tools.jackson.databind.JsonNode;

import java.util.stream.Collectors;

/** JSON as people write it into settings: an object's members one a line, lists in one line. */
final class JsonLook {
    private JsonLook() {}

    static String name(String name) {
        return JsonEdit.LENIENT.writeValueAsString(name);
    }

    /** All in one line, with blanks where people put them. */
    static String inline(JsonNode value) {
        if (value.isObject()) {
            return value.isEmpty()
                    ? "{}"
                    : value.properties().stream()
                            .map(each -> name(each.getKey()) + ": " + inline(each.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
        }
        if (value.isArray()) {
            return value.valueStream()
                    .map(JsonLook::inline)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return JsonEdit.LENIENT.writeValueAsString(value);
    }

    /** On several lines; {@code indent} is that of the line on which it begins. */
    static String block(JsonNode value, String indent, String unit, String eol) {
        if (!value.isObject() || value.isEmpty()) {
            return inline(value);
        }
        return value.properties().stream()
                .map(each ->
                        indent
                                + unit
                                + name(each.getKey())
                                + ": "
                                + block(each.getValue(), indent + unit, unit, eol))
                .collect(Collectors.joining("," + eol, "{" + eol, eol + indent + "}"));
    }
}
