package dev.wharfinger.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON text as people keep it in settings, comments and trailing commas included, with the place
 * of every member, so that one member can be put in or taken out while every other byte stays.
 */
final class JsonText {
    private static final int DEEPEST = 200;

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /** A member of an object: from the quote of its name to behind its value. */
    record Member(String name, int start, int end, Value value) {}

    /** A value's place, and its members where it is an object. */
    record Value(int start, int end, boolean isObject, List<Member> members) {
        Value {
            members = List.copyOf(members);
        }

        Optional<Member> member(String name) {
            return members.stream().filter(each -> each.name().equals(name)).findFirst();
        }
    }

    /** The text cannot be taken apart, so it must not be touched. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /** The one value of a text. */
    static Value read(String text) throws Unreadable {
        var reader = new JsonText(text);
        if (text.startsWith("\uFEFF")) {
            reader.at = 1;
        }
        reader.skip();
        Value value = reader.value(0);
        reader.skip();
        if (reader.at < text.length()) {
            throw reader.wrong("something follows the end");
        }
        return value;
    }

    /** The first place from there on that is neither blank nor in a comment. */
    static int significant(String text, int from) throws Unreadable {
        var reader = new JsonText(text);
        reader.at = from;
        reader.skip();
        return reader.at;
    }

    private Value value(int depth) throws Unreadable {
        if (depth > DEEPEST) {
            throw wrong("nested too deeply");
        }
        int start = at;
        switch (peek()) {
            case '{' -> {
                return object(start, depth);
            }
            case '[' -> array(depth);
            case '"' -> string();
            default -> {
                while (at < text.length() && " \t\r\n,]}/\"".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                if (at == start) {
                    throw wrong("a value is missing");
                }
            }
        }
        return new Value(start, at, false, List.of());
    }

    private Value object(int start, int depth) throws Unreadable {
        var members = new ArrayList<Member>();
        at++;
        skip();
        while (peek() != '}') {
            int from = at;
            String name = string();
            skip();
            expect(':');
            skip();
            Value value = value(depth + 1);
            if (members.stream().anyMatch(each -> each.name().equals(name))) {
                throw wrong("the name \"" + name + "\" stands there twice");
            }
            members.add(new Member(name, from, at, value));
            next('}');
        }
        at++;
        return new Value(start, at, true, members);
    }

    private void array(int depth) throws Unreadable {
        at++;
        skip();
        while (peek() != ']') {
            value(depth + 1);
            next(']');
        }
        at++;
    }

    /** A comma, or the end; a comma before the end is what many of these files have. */
    private void next(char end) throws Unreadable {
        skip();
        if (peek() != end) {
            expect(',');
            skip();
        }
    }

    /** A name as it is meant; only its escapes of one character matter here. */
    private String string() throws Unreadable {
        expect('"');
        var name = new StringBuilder();
        while (peek() != '"') {
            char sign = text.charAt(at++);
            if (sign == '\n') {
                throw wrong("a text does not end");
            }
            name.append(sign);
            if (sign == '\\') {
                peek();
                name.append(text.charAt(at++));
            }
        }
        at++;
        return name.toString();
    }

    private void skip() throws Unreadable {
        while (at < text.length()) {
            if (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw wrong("a comment does not end");
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private char peek() throws Unreadable {
        if (at >= text.length()) {
            throw wrong("it ends too early");
        }
        return text.charAt(at);
    }

    private void expect(char sign) throws Unreadable {
        if (peek() != sign) {
            throw wrong("expected `" + sign + "`, found `" + text.charAt(at) + "`");
        }
        at++;
    }

    private Unreadable wrong(String what) {
        long line = text.substring(0, Math.min(at, text.length())).lines().count();
        return new Unreadable("line " + Math.max(1, line) + ": " + what);
    }
}
