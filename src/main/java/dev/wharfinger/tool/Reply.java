package dev.wharfinger.tool;

import dev.wharfinger.call.Calls;
import dev.wharfinger.call.FirstLine;
import dev.wharfinger.call.Kept;
import dev.wharfinger.call.Outcome;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.shift.JsonTree;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.stream.Collectors;

/** An answer in the making: the same facts as text for a reader and as structure for a program. */
final class Reply {
    private final ObjectNode node;
    private final StringBuilder text = new StringBuilder();

    private Reply(String verdict) {
        this.node = JsonTree.object();
        text.append(FirstLine.of(verdict));
    }

    /** An answer that begins with this line. */
    static Reply of(String verdict) {
        return new Reply(verdict);
    }

    /** One more line of text. */
    Reply line(String line) {
        text.append('\n').append(line);
        return this;
    }

    /** One more member. */
    Reply put(String name, String value) {
        node.put(name, value);
        return this;
    }

    /** One more member. */
    Reply put(String name, long value) {
        node.put(name, value);
        return this;
    }

    /** One more member. */
    Reply put(String name, boolean value) {
        node.put(name, value);
        return this;
    }

    /** One more member, a list of text. */
    Reply put(String name, List<String> values) {
        ArrayNode array = node.putArray(name);
        values.forEach(array::add);
        return this;
    }

    /** Where the rest of a long answer begins. */
    Reply more(String cursor) {
        return put("next_cursor", cursor).line("more: call again with cursor=" + cursor);
    }

    /** An empty list to be filled. */
    ArrayNode list(String name) {
        return node.putArray(name);
    }

    /** An empty object to be filled. */
    ObjectNode object(String name) {
        return node.putObject(name);
    }

    /** The next legal calls, best first, in both forms. */
    Reply next(List<NextCall> calls) {
        ArrayNode next = node.putArray("next");
        calls.forEach(call -> next.add(Calls.node(call)));
        if (!calls.isEmpty()) {
            line("next: " + calls.stream().map(Reply::brief).collect(Collectors.joining(" · ")));
        }
        return this;
    }

    private static String brief(NextCall call) {
        String arguments =
                call.arguments().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(", "));
        String shown = arguments.length() <= 120 ? arguments : arguments.substring(0, 119) + "…";
        return call.tool() + (shown.isEmpty() ? "" : "(" + shown + ")");
    }

    /** Done. */
    Outcome done() {
        return new Outcome.Done(text.toString(), node);
    }

    /** Done, with an answer that will be given again. */
    Outcome doneForMore() {
        return new Outcome.Done(text.toString(), node, Kept.forMore());
    }

    /** The structure so far, for a failure that still has facts to tell. */
    ObjectNode node() {
        return node;
    }
}
