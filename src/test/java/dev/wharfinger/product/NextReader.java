package dev.wharfinger.product;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The next call, as a model finds it in what its client shows of an answer: JSON, or text. */
record NextReader(String tool, JsonNode arguments) {
    private static final Pattern LINE =
            Pattern.compile("next: ([a-z_]+)(?:\\((.*?)\\))?(?: · .*)?(?:\n.*)?", Pattern.DOTALL);
    private static final Pattern ARGUMENT =
            Pattern.compile("(?:^|, )([a-z_]+)=(.*?)(?=, [a-z_]+=|$)", Pattern.DOTALL);

    static Optional<NextReader> in(String shown) {
        if (shown.startsWith("{")) {
            JsonNode next = StdioClient.JSON.readTree(shown).path("next").path(0);
            return Optional.of(next)
                    .filter(JsonNode::isObject)
                    .map(call ->
                            new NextReader(call.path("tool").asString(), call.path("arguments")));
        }
        int at = shown.lastIndexOf("next: ");
        Matcher line = LINE.matcher(at < 0 ? "" : shown.substring(at));
        return line.matches()
                ? Optional.of(new NextReader(line.group(1), arguments(line.group(2))))
                : Optional.empty();
    }

    private static ObjectNode arguments(@Nullable String text) {
        ObjectNode arguments = StdioClient.JSON.createObjectNode();
        Matcher each = ARGUMENT.matcher(text == null ? "" : text);
        while (each.find()) {
            String value = each.group(2);
            if (value.matches("\\d{1,6}|true|false")) { // a model knows the kind from the schema
                arguments.set(each.group(1), StdioClient.JSON.readTree(value));
            } else {
                arguments.put(each.group(1), value);
            }
        }
        return arguments;
    }
}
