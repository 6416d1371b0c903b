package dev.wharfinger.cli;

import dev.wharfinger.cli.JsonText.Unreadable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts one table at the end of a TOML text, or takes it out, and leaves every other line as it is.
 * What comes out is read again and compared, as in {@link JsonEdit}.
 */
final class TomlEdit {
    private static final TomlMapper TOML = new TomlMapper();

    private TomlEdit() {}

    /** The value at this path. */
    static Optional<JsonNode> find(String text, List<String> path) throws Unreadable {
        JsonNode node = parsed(text);
        for (String name : path) {
            node = node.path(name);
        }
        return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    }

    /** The text with this table behind it; the path must be free. */
    static String with(String text, List<String> path, ObjectNode table) throws Unreadable {
        String eol = text.contains("\r\n") ? "\r\n" : "\n";
        var after = new StringBuilder(text);
        if (!text.isEmpty()) {
            after.append(text.endsWith("\n") ? "" : eol).append(eol);
        }
        after.append('[').append(String.join(".", path)).append(']').append(eol);
        table.properties()
                .forEach(each ->
                        after.append(each.getKey())
                                .append(" = ")
                                .append(JsonLook.inline(each.getValue()))
                                .append(eol));
        ObjectNode wanted = parsed(text);
        above(wanted, path).set(path.getLast(), table);
        return checked(after.toString(), wanted);
    }

    /** The text without the table of this path and what lies in it. */
    static String without(String text, List<String> path) throws Unreadable {
        String after = String.join("", kept(text, String.join(".", path)));
        ObjectNode wanted = parsed(text);
        above(wanted, path).remove(path.getLast());
        ObjectNode found = parsed(after);
        if (path.size() == 2 && !found.has(path.getFirst())) {
            found.putObject(path.getFirst()); // the last table of its kind leaves no parent behind
        }
        if (!found.equals(wanted)) {
            throw unsafe();
        }
        return after;
    }

    /** The lines that are not of that table; what people wrote behind its last key is theirs. */
    private static List<String> kept(String text, String header) {
        var kept = new ArrayList<String>();
        var behind = new ArrayList<String>();
        boolean ours = false;
        for (String line : text.split("(?<=\n)")) {
            if (line.strip().startsWith("[")) {
                boolean begins = isHeader(line, header);
                if (begins && !ours && !kept.isEmpty() && kept.getLast().isBlank()) {
                    kept.removeLast(); // the blank line that was put before it
                }
                ours = begins;
            }
            if (!ours) {
                kept.addAll(behind);
                behind.clear();
                kept.add(line);
            } else if (line.isBlank() || line.strip().startsWith("#")) {
                behind.add(line);
            } else {
                behind.clear();
            }
        }
        kept.addAll(behind);
        return kept;
    }

    private static boolean isHeader(String line, String header) {
        String plain = line.strip();
        return plain.startsWith("[" + header + "]") || plain.startsWith("[" + header + ".");
    }

    private static ObjectNode above(ObjectNode root, List<String> path) throws Unreadable {
        ObjectNode above = root;
        for (String name : path.subList(0, path.size() - 1)) {
            if (above.has(name) && !above.path(name).isObject()) {
                throw new Unreadable("`" + name + "` is no table");
            }
            above = above.withObjectProperty(name);
        }
        return above;
    }

    private static String checked(String after, ObjectNode wanted) throws Unreadable {
        if (!parsed(after).equals(wanted)) {
            throw unsafe();
        }
        return after;
    }

    private static Unreadable unsafe() {
        return new Unreadable("its form is not one that can be changed safely");
    }

    private static ObjectNode parsed(String text) throws Unreadable {
        try {
            return TOML.readTree(text) instanceof ObjectNode object
                    ? object
                    : TOML.createObjectNode();
        } catch (JacksonException broken) {
            int line = broken.getLocation() == null ? 1 : broken.getLocation().getLineNr();
            throw new Unreadable("line " + line + ": " + broken.getOriginalMessage());
        }
    }
}
