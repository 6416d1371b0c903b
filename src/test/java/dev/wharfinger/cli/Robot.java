package dev.wharfinger.cli;

import dev.wharfinger.call.Answer;
import dev.wharfinger.call.Outcome;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.shift.ShiftState;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An agent without a mind: it sends {@code next[0]} of the last answer and nothing else. It must
 * end its shift, or be told plainly that a person must act, in 25 calls.
 */
final class Robot {
    private static final int MOST = 25;
    private final DriftingProject project;
    private final Agents agents;
    private final String persona;
    private final List<String> way = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();

    Robot(DriftingProject project, Agents agents, String persona) {
        this.project = project;
        this.agents = agents;
        this.persona = persona;
    }

    /** How a walk came to its end. */
    enum End {
        SHIFT_ENDED,
        A_PERSON_MUST_ACT,
        THE_WORLD_FAILED
    }

    /** What was wrong with a walk; the way to it is in the text. */
    static final class Stuck extends Exception {
        Stuck(String why) {
            super(why);
        }
    }

    /** What an answer, a refusal or a failure says may be called next, best first. */
    static JsonNode next(JsonNode answer) {
        JsonNode refusal = answer.path("refused").path(0);
        JsonNode next = (refusal.isMissingNode() ? answer : refusal).path("next");
        return next.isMissingNode() ? Agents.JSON.createArrayNode() : next;
    }

    /** How many calls it sent. */
    int calls() {
        return way.size();
    }

    /** Follows, from what this persona was last told, to an end. */
    End walk() throws Stuck {
        JsonNode first = next(agents.last(persona)).path(0);
        String tool = first.isMissingNode() ? start() : first.path("tool").asString();
        ObjectNode arguments =
                first.isMissingNode()
                        ? Agents.JSON.createObjectNode()
                        : (ObjectNode) first.path("arguments");
        while (way.size() < MOST) {
            Answer answer = agents.call(persona, tool, arguments);
            way.add(tool + " " + arguments + " -> " + answer.text().lines().findFirst().orElse(""));
            Optional<End> end = ended(answer, tool, arguments);
            if (end.isPresent()) {
                return end.get();
            }
            JsonNode call = next(answer.structured()).path(0);
            tool = call.path("tool").asString();
            arguments = (ObjectNode) call.path("arguments");
        }
        throw stuck("more than " + MOST + " calls");
    }

    private String start() {
        return persona.equals("auditor") ? "read_plan" : "shift_status";
    }

    private Optional<End> ended(Answer answer, String tool, ObjectNode arguments) throws Stuck {
        JsonNode next = next(answer.structured());
        return switch (answer.outcome()) {
            case Outcome.Incident _ -> throw stuck("a bug: " + answer.text());
            case Outcome.Failed _ ->
                    next.isEmpty() ? Optional.of(End.THE_WORLD_FAILED) : Optional.empty();
            case Outcome.Done _ -> {
                if (!next.isEmpty()) {
                    yield Optional.empty();
                }
                if (openShift().isPresent()) {
                    throw stuck("the shift is open, and nothing is next");
                }
                yield Optional.of(End.SHIFT_ENDED);
            }
            case Outcome.Refused _ -> refused(answer, next, tool, arguments);
        };
    }

    private Optional<End> refused(Answer answer, JsonNode next, String tool, ObjectNode arguments)
            throws Stuck {
        String by = answer.structured().path("refused").path(0).path("by").asString();
        if (next.isEmpty()) {
            if (!by.equals("human")) {
                throw stuck("refused by `" + by + "`, and nothing is next");
            }
            return Optional.of(End.A_PERSON_MUST_ACT);
        }
        String call = tool + arguments;
        JsonNode first = next.path(0);
        if (call.equals(first.path("tool").asString() + first.path("arguments"))) {
            throw stuck("the next call is the one that was refused");
        }
        String rules = answer.structured().path("refused").findValuesAsString("rule").toString();
        if (!refused.add(call + rules) && !by.equals("time")) {
            throw stuck("the same call is refused twice by the same rules");
        }
        return Optional.empty();
    }

    Optional<ShiftState> openShift() {
        return project.keeper()
                .recorder()
                .state()
                .openShift(new PersonaName(persona), project.person().principal());
    }

    private Stuck stuck(String why) {
        return new Stuck(why + "\n    " + String.join("\n    ", way));
    }
}
