package dev.wharfinger.tool;

import dev.wharfinger.approval.Kind;
import dev.wharfinger.shift.JsonTree;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;

/**
 * Something that waits for people.
 *
 * @param state {@code waiting}, {@code approved} and not yet acted on, or {@code denied}
 * @param from who may decide; empty means every accepted approver
 * @param requester the person who asks, or for whose agent
 */
public record Pending(
        String id,
        Kind kind,
        String title,
        String state,
        int given,
        int needed,
        List<String> from,
        String requester,
        Instant expires) {
    public Pending {
        from = List.copyOf(from);
    }

    /** The same for a program. */
    public ObjectNode node() {
        ObjectNode node =
                JsonTree.object()
                        .put("id", id)
                        .put("kind", kind.text())
                        .put("title", title)
                        .put("state", state)
                        .put("given", given)
                        .put("needed", needed)
                        .put("requester", requester)
                        .put("expires", expires.toString());
        var who = node.putArray("from");
        from.forEach(who::add);
        return node;
    }
}
