package dev.wharfinger.cli;

import dev.wharfinger.call.Answer;
import dev.wharfinger.call.Caller;
import dev.wharfinger.call.Catalogue;
import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Schemas;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/**
 * What every answer of the one door promises, whoever asked what: it fits its schema, each call
 * that it offers is a tool of the caller's with arguments that fit, a refusal says who can change
 * it and what is next, and the first line is short.
 */
final class CallPromises {
    private static final int FIRST_LINE = 200;
    private final Schemas schemas = new Schemas();
    private final Catalogue catalogue;

    CallPromises(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** How this answer breaks them; empty where it does not. */
    List<String> broken(Caller caller, String tool, Answer answer) {
        var broken = new ArrayList<String>();
        if (answer.outcome() instanceof Outcome.Done) {
            schemas.outputProblems(tool, answer.structured())
                    .forEach(problem -> broken.add("breaks its own schema: " + problem));
        }
        answer.structured().path("next").forEach(call -> offered(caller, call, broken));
        JsonNode refused = answer.structured().path("refused");
        if (answer.outcome() instanceof Outcome.Refused) {
            schemas.outputProblems("no", answer.structured()).forEach(broken::add);
            if (!refused.path(0).path("by").asString().equals("human")
                    && refused.path(0).path("next").isEmpty()) {
                broken.add("nothing is next, and no person must act");
            }
        }
        for (JsonNode refusal : refused) {
            refusal.path("next").forEach(call -> offered(caller, call, broken));
        }
        String first = answer.text().lines().findFirst().orElse("");
        if (first.isBlank() || first.length() > FIRST_LINE) {
            broken.add("the first line has " + first.length() + " characters: " + first);
        }
        return broken;
    }

    private void offered(Caller caller, JsonNode call, List<String> broken) {
        String tool = call.path("tool").asString();
        if (catalogue.find(caller, tool).isEmpty()) {
            broken.add("`" + tool + "` is offered and is no tool of " + caller.persona().name());
            return;
        }
        schemas.problems(tool, (ObjectNode) call.path("arguments"))
                .forEach(problem -> broken.add("`" + tool + "` is offered with " + problem));
    }
}
