package dev.wharfinger.cli;

import dev.wharfinger.call.Answer;
import dev.wharfinger.call.Caller;
import dev.wharfinger.call.Signals;
import dev.wharfinger.call.ToolCall;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Agents of several personas at one project. What they call is drawn by chance: sometimes what an
 * answer told them, sometimes something sensible, sometimes nonsense.
 */
final class Agents {
    static final JsonMapper JSON = new JsonMapper();
    private static final List<String> PATHS =
            List.of(
                    "PLAN.md",
                    "HANDOFF_NOTES.md",
                    "SESSION_LOG.md",
                    "app/version",
                    "infrastructure/new.tf",
                    "tests/t.txt",
                    "skills/deploy-toolkit/SKILL.md",
                    "../outside",
                    ".env",
                    "nowhere/at/all",
                    "wharf.yaml",
                    ".");
    private static final List<String> TEXTS =
            List.of(
                    "All is well.",
                    "Uses lodash@9.9.9 since v7.7.7.",
                    "key AKIAIOSFODNN7EXAMPLE",
                    "{}",
                    "| | |");
    private final DriftingProject project;
    private final Random random;
    private final Map<String, JsonNode> answers = new LinkedHashMap<>();
    private final Set<String> met = new TreeSet<>();

    Agents(DriftingProject project, Random random) {
        this.project = project;
        this.random = random;
    }

    /** Who calls as this persona. */
    Caller caller(String persona) {
        return project.keeper().caller(project.person(), persona, false, "robot").orElseThrow();
    }

    /** One call of this persona through the one door. */
    Answer call(String persona, String tool, ObjectNode arguments) {
        Caller caller = caller(persona);
        Answer answer =
                project.keeper().door().call(caller, new ToolCall(tool, arguments, Signals.NONE));
        var broken =
                new CallPromises(project.keeper().tools().catalogue()).broken(caller, tool, answer);
        if (!broken.isEmpty()) {
            throw new IllegalStateException(
                    persona + " " + tool + " " + arguments + " -> " + broken);
        }
        answers.put(persona, answer.structured());
        answer.structured().path("refused").forEach(no -> met.add(no.path("rule").asString()));
        return answer;
    }

    /** The rules that refused something so far. */
    Set<String> met() {
        return met;
    }

    /** What this persona was last told, if anything. */
    JsonNode last(String persona) {
        return answers.getOrDefault(persona, JSON.createObjectNode());
    }

    /** The deployer does what it is told until it has a plan, or gives up soon. */
    String plan() {
        call("deploy", "begin_shift", JSON.createObjectNode().put("request", "Ship it"));
        for (int i = 0; i < 5; i++) {
            JsonNode call = Robot.next(last("deploy")).path(0);
            if (call.isMissingNode() || call.path("tool").asString().equals("deploy")) {
                break;
            }
            call("deploy", call.path("tool").asString(), (ObjectNode) call.path("arguments"));
        }
        return "deploy works towards a plan";
    }

    /** Some call of some persona; a line that tells which. */
    String act() {
        String persona = pick(List.of("deploy", "deploy", "deploy", "test", "security", "auditor"));
        JsonNode told = Robot.next(last(persona));
        if (told.size() > 0 && random.nextInt(10) < 6) {
            JsonNode call = told.get(random.nextInt(told.size()));
            return act(persona, call.path("tool").asString(), (ObjectNode) call.path("arguments"));
        }
        List<String> tools = List.copyOf(project.keeper().tools().catalogue().names());
        String tool = random.nextInt(4) == 0 ? "begin_shift" : pick(tools);
        return act(persona, tool, arguments(tool));
    }

    private String act(String persona, String tool, ObjectNode arguments) {
        Answer answer = call(persona, tool, arguments);
        String brief = answer.text().lines().findFirst().orElse("");
        return persona + " " + tool + " " + arguments + " -> " + brief;
    }

    private ObjectNode arguments(String tool) {
        ObjectNode some = JSON.createObjectNode();
        if (random.nextInt(12) == 0) {
            return some.put("nonsense", random.nextInt(3));
        }
        switch (tool) {
            case "begin_shift" -> beginning(some);
            case "list_dir" -> some.put("path", pick(List.of(".", "app", "nowhere", "..")));
            case "view_file" -> some.put("path", pick(PATHS));
            case "write_file" -> some.put("path", pick(PATHS)).put("content", pick(TEXTS));
            case "commit_work" -> some.put("message", pick(TEXTS));
            case "check_scope" -> some.put("request", pick(TEXTS));
            case "verify_version" -> some.put("package", "lodash");
            case "record_note" ->
                    some.put("kind", pick(List.of("session", "risk", "memory", "bug")))
                            .put("text", pick(TEXTS));
            case "confirm_item" ->
                    some.put("item", pick(List.of("entry.5", "exit.2", "exit.6", "exit.99")))
                            .put("how", pick(TEXTS));
            case "record_proof" -> some.put("gate", pick(List.of("test", "security", "ux")));
            case "check_gates", "smoke_test" -> some.put("environment", environment());
            case "plan_deploy" ->
                    some.put("environment", environment())
                            .put("version", pick(List.of("1.0.0", "v1.0.0", "9.9.9")));
            case "deploy" -> some.put("plan", pick(List.of("p_none", anyPlan())));
            case "write_handoff" ->
                    some.put("outcome", pick(List.of("blocked", "shipped-staging", "passed", "x")))
                            .put("summary", pick(TEXTS));
            default -> some.put("wait_s", 0);
        }
        if (tool.equals("shift_status") && random.nextBoolean()) {
            some.removeAll();
        }
        return some;
    }

    private void beginning(ObjectNode some) {
        some.put("request", pick(TEXTS));
        if (random.nextInt(3) == 0) {
            some.put("environment", environment());
        }
        if (random.nextInt(3) == 0) {
            some.put("version", pick(List.of("1.0.0", "9.9.9")));
        }
        if (random.nextInt(4) == 0) {
            some.put("abandon", true);
        }
    }

    private String environment() {
        return pick(List.of("staging", "staging", "staging", "production", "moon"));
    }

    private String anyPlan() {
        return project.keeper().recorder().state().openShifts().stream()
                .flatMap(shift -> shift.plans().sequencedKeySet().stream())
                .map(id -> id.value())
                .findFirst()
                .orElse("p_none");
    }

    private <T> T pick(List<T> from) {
        return Configurations.pick(random, from);
    }
}
