package dev.wharfinger.rule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A call that is legal now. Argument values are text, whole numbers, booleans, or lists of text, in
 * the order in which they are shown.
 */
public record NextCall(String tool, SequencedMap<String, Object> arguments) {
    public NextCall {
        var copy = new LinkedHashMap<String, Object>();
        arguments.forEach((name, value) -> copy.put(name, checked(name, value)));
        arguments = Collections.unmodifiableSequencedMap(copy);
    }

    /** A call without arguments. */
    public static NextCall of(String tool) {
        return new NextCall(tool, new LinkedHashMap<>());
    }

    /** A call with one argument. */
    public static NextCall of(String tool, String name, Object value) {
        var arguments = new LinkedHashMap<String, Object>();
        arguments.put(name, value);
        return new NextCall(tool, arguments);
    }

    /** This call with one more argument. */
    public NextCall with(String name, Object value) {
        var more = new LinkedHashMap<>(arguments);
        more.put(name, value);
        return new NextCall(tool, more);
    }

    private static Object checked(String name, Object value) {
        return switch (value) {
            case String text -> text;
            case Integer number -> number;
            case Boolean flag -> flag;
            case List<?> list -> list.stream().map(String.class::cast).toList();
            default -> throw new IllegalArgumentException(name + " is a " + value.getClass());
        };
    }
}
