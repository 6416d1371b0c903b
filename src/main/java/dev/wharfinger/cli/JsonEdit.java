package dev.wharfinger.cli;

import dev.wharfinger.cli.JsonText.Member;
import dev.wharfinger.cli.JsonText.Unreadable;
import dev.wharfinger.cli.JsonText.Value;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/**
 * Puts one member into a JSON text, or takes it out, and leaves every other byte as it is. What
 * comes out is read again and compared: it is what was there with this one difference, or nothing
 * is changed at all.
 */
final class JsonEdit {
    /** Reads what editors read: comments and trailing commas too, but no name twice. */
    static final JsonMapper LENIENT =
            JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private final String text;
    private final Value root;
    private final String eol;

    private JsonEdit(String text) throws Unreadable {
        this.text = text;
        this.root = JsonText.read(text);
        this.eol = text.contains("\r\n") ? "\r\n" : "\n";
        if (!root.isObject()) {
            throw new Unreadable("line 1: it is no object");
        }
    }

    /** The member at this path, as data. */
    static Optional<JsonNode> find(String text, List<String> path) throws Unreadable {
        JsonNode node = parsed(text);
        for (String name : path) {
            node = node.path(name);
        }
        return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    }

    /** The text with this member, whose path must be free. */
    static String with(String text, List<String> path, ObjectNode member) throws Unreadable {
        String whole = text.isBlank() ? "{}\n" : text;
        String after = new JsonEdit(whole).put(path, member);
        ObjectNode wanted = parsed(whole);
        ObjectNode above = wanted;
        for (String name : path.subList(0, path.size() - 1)) {
            above = above.withObjectProperty(name);
        }
        above.set(path.getLast(), member);
        return checked(after, wanted);
    }

    /** The text without the member at this path, and without what then holds nothing any more. */
    static String without(String text, List<String> path) throws Unreadable {
        String after = withoutMember(text, path);
        List<String> above = path.subList(0, path.size() - 1);
        boolean empty = !above.isEmpty() && new JsonEdit(after).holdsNothing(above);
        return empty ? without(after, above) : after;
    }

    /** Whether the object at this path is there with neither a member nor a comment in it. */
    private boolean holdsNothing(List<String> path) throws Unreadable {
        Value object = root;
        for (String name : path) {
            object = object.member(name).map(Member::value).orElseThrow(() -> gone(path));
        }
        return object.isObject() && text.substring(object.start() + 1, object.end() - 1).isBlank();
    }

    private static String withoutMember(String text, List<String> path) throws Unreadable {
        String after = new JsonEdit(text).cut(path);
        ObjectNode wanted = parsed(text);
        ObjectNode above = wanted;
        for (String name : path.subList(0, path.size() - 1)) {
            above = above.withObjectProperty(name);
        }
        above.remove(path.getLast());
        return checked(after, wanted);
    }

    private static String checked(String after, ObjectNode wanted) throws Unreadable {
        if (!parsed(after).equals(wanted)) {
            throw new Unreadable("its form is not one that can be changed safely");
        }
        return after;
    }

    private static ObjectNode parsed(String text) throws Unreadable {
        try {
            String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
            if (LENIENT.readTree(plain) instanceof ObjectNode object) {
                return object;
            }
            throw new Unreadable("it is no object");
        } catch (JacksonException broken) {
            int line = broken.getLocation() == null ? 1 : broken.getLocation().getLineNr();
            throw new Unreadable("line " + line + ": " + broken.getOriginalMessage());
        }
    }

    private String put(List<String> path, ObjectNode member) throws Unreadable {
        Value at = root;
        int depth = 0;
        while (depth < path.size() - 1 && at.member(path.get(depth)).isPresent()) {
            at = at.member(path.get(depth)).get().value();
            if (!at.isObject()) {
                throw new Unreadable("`" + path.get(depth) + "` is no object");
            }
            depth++;
        }
        JsonNode value = member;
        for (int i = path.size() - 1; i > depth; i--) {
            value = LENIENT.createObjectNode().set(path.get(i), value);
        }
        return add(at, path.get(depth), value);
    }

    private String add(Value object, String name, JsonNode value) throws Unreadable {
        int close = object.end() - 1;
        int tail = contentEnd(object.start() + 1, close);
        if (object.members().isEmpty()) {
            String outer = indentAt(object.start());
            String inner = outer + unit();
            return text.substring(0, tail)
                    + line(inner, name, value)
                    + eol
                    + outer
                    + text.substring(close);
        }
        Member last = object.members().getLast();
        int comma = JsonText.significant(text, last.end());
        boolean trailing = text.charAt(comma) == ',';
        if (text.substring(object.start(), close).indexOf('\n') < 0) {
            int to = trailing ? comma + 1 : last.end();
            String compact = " " + JsonLook.name(name) + ": " + JsonLook.inline(value);
            return text.substring(0, to)
                    + (trailing ? "" : ",")
                    + compact
                    + (trailing ? "," : "")
                    + text.substring(to);
        }
        String indent =
                startsLine(last.start())
                        ? indentAt(last.start())
                        : indentAt(object.start()) + unit();
        return text.substring(0, last.end())
                + (trailing ? "" : ",")
                + text.substring(last.end(), tail)
                + line(indent, name, value)
                + (trailing ? "," : "")
                + text.substring(tail);
    }

    private String line(String indent, String name, JsonNode value) {
        return eol
                + indent
                + JsonLook.name(name)
                + ": "
                + JsonLook.block(value, indent, unit(), eol);
    }

    private String cut(List<String> path) throws Unreadable {
        Value object = root;
        for (String name : path.subList(0, path.size() - 1)) {
            object = object.member(name).map(Member::value).orElseThrow(() -> gone(path));
        }
        Member member = object.member(path.getLast()).orElseThrow(() -> gone(path));
        int index = object.members().indexOf(member);
        boolean last = index == object.members().size() - 1;
        int from = contentEnd(object.start() + 1, member.start());
        int after = JsonText.significant(text, member.end());
        boolean comma = text.charAt(after) == ',';
        String rest =
                comma
                        ? text.substring(member.end(), after) + text.substring(after + 1)
                        : text.substring(member.end());
        String before = text.substring(0, from);
        if (last && !comma && index > 0) {
            int old = JsonText.significant(text, object.members().get(index - 1).end());
            before = text.substring(0, old) + text.substring(old + 1, from);
        }
        boolean alone = object.members().size() == 1 && from == object.start() + 1;
        return before + (alone ? rest.stripLeading() : rest);
    }

    private static Unreadable gone(List<String> path) {
        return new Unreadable("there is no `" + String.join(".", path) + "`");
    }

    /** Behind the last sign between the two that is not blank. */
    private int contentEnd(int from, int to) {
        int end = to;
        while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private boolean startsLine(int place) {
        return text.substring(lineStart(place), place).isBlank();
    }

    private int lineStart(int place) {
        return text.lastIndexOf('\n', place - 1) + 1;
    }

    /** The blanks with which the line of this place begins. */
    private String indentAt(int place) {
        int start = lineStart(place);
        int end = start;
        while (end < place && " \t".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return text.substring(start, end);
    }

    /** One level of indentation as this file has it; two blanks where it shows none. */
    private String unit() {
        if (!root.members().isEmpty() && startsLine(root.members().getFirst().start())) {
            String shown = indentAt(root.members().getFirst().start());
            return shown.isEmpty() ? "  " : shown;
        }
        return "  ";
    }
}
