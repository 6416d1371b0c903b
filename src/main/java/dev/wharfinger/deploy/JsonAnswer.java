package dev.wharfinger.deploy;

import java.util.Optional;

/**
 * Reads one value out of a JSON text by its pointer (RFC 6901, RFC 8259). Strict on the way: a text
 * that is not JSON has no values. No library: this one value is all that the package needs.
 */
final class JsonAnswer {
    private static final int DEEPEST = 64;

    private final String text;
    private int at;

    private JsonAnswer(String text) {
        this.text = text;
    }

    /** The text, number or boolean at the pointer; empty where there is none of these. */
    static Optional<String> at(String json, String pointer) {
        var parts = pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1);
        var answer = new JsonAnswer(json);
        try {
            var found = answer.value(parts, 0, true, 0);
            answer.blank();
            return answer.at == json.length() ? found : Optional.empty();
        } catch (IndexOutOfBoundsException | IllegalArgumentException notJson) {
            return Optional.empty();
        }
    }

    private Optional<String> value(String[] parts, int part, boolean wanted, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("too deep");
        }
        blank();
        boolean here = wanted && part == parts.length;
        switch (text.charAt(at)) {
            case '{' -> {
                return object(parts, part, wanted && !here, depth);
            }
            case '[' -> {
                return array(parts, part, wanted && !here, depth);
            }
            case '"' -> {
                var string = string();
                return here ? Optional.of(string) : Optional.empty();
            }
            default -> {
                var word = word();
                return here && !word.equals("null") ? Optional.of(word) : Optional.empty();
            }
        }
    }

    private Optional<String> object(String[] parts, int part, boolean wanted, int depth) {
        Optional<String> found = Optional.empty();
        at++;
        blank();
        if (text.charAt(at) == '}') {
            at++;
            return found;
        }
        while (true) {
            blank();
            var name = string();
            blank();
            expect(':');
            boolean down = wanted && name.equals(plain(parts[part]));
            var value = value(parts, part + 1, down, depth + 1);
            found = down ? value : found;
            if (ends('}')) {
                return found;
            }
        }
    }

    private Optional<String> array(String[] parts, int part, boolean wanted, int depth) {
        Optional<String> found = Optional.empty();
        at++;
        blank();
        if (text.charAt(at) == ']') {
            at++;
            return found;
        }
        for (int index = 0; ; index++) {
            boolean down = wanted && parts[part].equals(Integer.toString(index));
            var value = value(parts, part + 1, down, depth + 1);
            found = down ? value : found;
            if (ends(']')) {
                return found;
            }
        }
    }

    private boolean ends(char close) {
        blank();
        char next = text.charAt(at++);
        if (next != ',' && next != close) {
            throw new IllegalArgumentException("neither , nor " + close);
        }
        return next == close;
    }

    private String string() {
        expect('"');
        var out = new StringBuilder();
        while (text.charAt(at) != '"') {
            char next = text.charAt(at++);
            if (next < ' ') {
                throw new IllegalArgumentException("a control character");
            }
            out.append(next == '\\' ? escaped() : next);
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        char next = text.charAt(at++);
        return switch (next) {
            case '"', '\\', '/' -> next;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text, at - 4, at, 16);
            }
            default -> throw new IllegalArgumentException("an escape");
        };
    }

    private String word() {
        int from = at;
        while (at < text.length() && "}],: \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        var word = text.substring(from, at);
        if (!word.matches("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
            throw new IllegalArgumentException("not a value");
        }
        return word;
    }

    private void expect(char wanted) {
        if (text.charAt(at++) != wanted) {
            throw new IllegalArgumentException("no " + wanted);
        }
    }

    private void blank() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static String plain(String part) {
        return part.replace("~1", "/").replace("~0", "~");
    }
}
