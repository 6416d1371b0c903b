package dev.wharfinger.console;

import dev.wharfinger.console.Visitors.Visitor;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.shift.JsonTree;
import dev.wharfinger.tool.Decisions;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/**
 * What pages and terminals say to the site, as JSON. Pages need a login and its token beside it, so
 * that no other site can speak in a person's name. A terminal needs none: it names what it decides
 * by an id that cannot be guessed, and its signature is the whole authority.
 */
final class Api {
    private final DecisionAnswers answers;
    private final PasskeyCalls passkeys;

    Api(Decisions decisions, PasskeyCalls passkeys) {
        this.answers = new DecisionAnswers(decisions);
        this.passkeys = passkeys;
    }

    Page answer(Ask ask, Address address, Optional<Visitor> who) {
        if (ask.isGet() && ask.path().startsWith("/api/card/")) {
            ObjectNode node = JsonTree.object();
            answers.card(node, ask.path().substring("/api/card/".length()));
            return Page.json(200, node);
        }
        if (ask.isGet() && ask.path().equals("/api/pending")) {
            return who.isEmpty() ? Page.no(401, "sign in first") : pending();
        }
        boolean json = ask.header("content-type").orElse("").startsWith("application/json");
        if (!ask.isPost() || !json) {
            return Page.no(405, "POST with JSON");
        }
        JsonNode said;
        try {
            said = JsonTree.read(ask.text());
        } catch (JacksonException | IllegalArgumentException e) {
            return Page.no(400, "that is no JSON");
        }
        try {
            return switch (ask.path()) {
                case "/api/to-sign" -> toSign(said);
                case "/api/decide" -> decide(said);
                default -> passkeys.answer(ask, address, who, said);
            };
        } catch (IllegalArgumentException e) {
            return Page.no(400, "cannot be read: " + e.getMessage());
        }
    }

    private Page pending() {
        ObjectNode node = JsonTree.object();
        answers.pending(node);
        return Page.json(200, node);
    }

    private Page toSign(JsonNode said) {
        ObjectNode node = JsonTree.object();
        answers.toSign(node, text(said, "id"), text(said, "decision"), text(said, "name"));
        return Page.json(200, node);
    }

    private Page decide(JsonNode said) {
        ObjectNode node = JsonTree.object();
        answers.decide(
                node,
                new Principal("http:terminal"),
                text(said, "text"),
                text(said, "signature"),
                text(said, "reason"));
        return Page.json(200, node);
    }

    static String text(JsonNode said, String name) {
        JsonNode value = said.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException("`" + name + "` must be a text");
        }
        return value.asString();
    }
}
