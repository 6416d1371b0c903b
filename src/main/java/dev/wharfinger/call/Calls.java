package dev.wharfinger.call;

import dev.wharfinger.rule.NextCall;
import dev.wharfinger.shift.JsonTree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/** Next calls as JSON: {@code {"tool": …, "arguments": {…}}}. */
public final class Calls {
    private Calls() {}

    /** One call. */
    public static ObjectNode node(NextCall call) {
        ObjectNode node = JsonTree.object().put("tool", call.tool());
        ObjectNode arguments = node.putObject("arguments");
        call.arguments()
                .forEach((name, value) -> {
                    switch (value) {
                        case String text -> arguments.put(name, text);
                        case Integer number -> arguments.put(name, number);
                        case Boolean flag -> arguments.put(name, flag);
                        case List<?> list -> {
                            var array = arguments.putArray(name);
                            list.forEach(item -> array.add(item.toString()));
                        }
                        default -> throw new IllegalStateException(name + ": " + value);
                    }
                });
        return node;
    }
}
