package dev.wharfinger.tool;

import dev.wharfinger.shift.JsonTree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/**
 * What a person must see before deciding, made by the server from what it has itself resolved; no
 * word of it is the agent's, but for what stands in quotes.
 *
 * @param state {@code waiting}, {@code approved} or {@code denied}
 * @param enforcement whether the walls hold against the agent, or are advice
 */
public record Card(
        String id,
        String kind,
        String title,
        String state,
        String requester,
        String enforcement,
        String expires,
        List<Section> sections) {
    /** Some lines under a heading. */
    public record Section(String name, List<String> lines) {
        public Section {
            lines = lines.stream().map(line -> Shown.brief(line, 300)).toList();
        }
    }

    public Card {
        sections = List.copyOf(sections);
    }

    /** The card for a terminal. */
    public String text() {
        var text = new StringBuilder();
        text.append(title).append("  [").append(state).append("]\n");
        text.append(kind).append(' ').append(id);
        text.append(", asked by ").append(requester).append(", until ").append(expires);
        text.append("\nenforcement: ").append(enforcement).append('\n');
        for (Section section : sections) {
            text.append('\n').append(section.name()).append('\n');
            section.lines().forEach(line -> text.append("  ").append(line).append('\n'));
        }
        return text.toString();
    }

    /** The card for a program. */
    public ObjectNode node() {
        ObjectNode node =
                JsonTree.object()
                        .put("id", id)
                        .put("kind", kind)
                        .put("title", title)
                        .put("state", state)
                        .put("requester", requester)
                        .put("enforcement", enforcement)
                        .put("expires", expires);
        var all = node.putArray("sections");
        for (Section section : sections) {
            var lines = all.addObject().put("name", section.name()).putArray("lines");
            section.lines().forEach(lines::add);
        }
        return node;
    }
}
