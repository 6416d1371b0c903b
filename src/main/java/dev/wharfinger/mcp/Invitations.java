package dev.wharfinger.mcp;

import dev.wharfinger.call.Answer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a person to the page where something waits for a decision, through clients that can open
 * one (URL elicitation). Each page is offered once to each caller. What the client answers is not
 * looked at: it decides nothing, and the call is answered as if nobody had been asked.
 */
final class Invitations {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int REMEMBERED = 1000;
    private static final String NAME = "decide";

    private final Set<String> made =
            Collections.synchronizedSet(
                    Collections.newSetFromMap(
                            new LinkedHashMap<>() {
                                @Override
                                protected boolean removeEldestEntry(
                                        Map.Entry<String, Boolean> eldest) {
                                    return size() > REMEMBERED;
                                }
                            }));

    private final RequestStates states;

    Invitations(RequestStates states) {
        this.states = states;
    }

    /** Why this call cannot be the next round of one of ours; nothing where it is none, or is. */
    Optional<Reply> wrongRound(
            String tool, ObjectNode arguments, RequestContext context, String principal) {
        return context.revision().isModern()
                ? context.requestState()
                        .flatMap(state -> states.spend(state, principal, tool, arguments))
                        .map(Reply.Failed::new)
                : Optional.empty();
    }

    /**
     * The question that a modern client gets instead of this answer. A legacy client has been asked
     * when this returns, and gets the answer.
     */
    Optional<Reply> offer(
            Answer answer,
            String tool,
            ObjectNode arguments,
            RequestContext context,
            String principal) {
        Optional<String> page = page(answer.structured());
        if (page.isEmpty()
                || !context.clientCan("elicitation", "url")
                || !made.add(principal + " " + page.get())) {
            return Optional.empty();
        }
        ObjectNode question = question(page.get());
        if (!context.revision().isModern()) {
            context.ask("elicitation/create", question, LIMIT);
            return Optional.empty();
        }
        ObjectNode requests = JsonNodeFactory.instance.objectNode();
        requests.putObject(NAME).put("method", "elicitation/create").set("params", question);
        return Optional.of(
                new Reply.InputRequired(
                        Optional.of(requests),
                        Optional.of(states.seal(principal, tool, arguments))));
    }

    private static ObjectNode question(String page) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("mode", "url")
                .put("elicitationId", page.substring(page.lastIndexOf('/') + 1))
                .put("url", page)
                .put(
                        "message",
                        "A person decides this on the server's own page. Opening it decides"
                                + " nothing.");
    }

    /** Where people decide what this answer waits for, if that is a page. */
    private static Optional<String> page(ObjectNode structured) {
        if (structured.path("state").asString("").startsWith("waiting")) {
            for (JsonNode where : structured.path("where")) {
                String text = where.asString("");
                if (text.startsWith("https://") || text.startsWith("http://")) {
                    return Optional.of(text);
                }
            }
        }
        return Optional.empty();
    }
}
