package dev.wharfinger.product;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.ledger.Plan;
import dev.wharfinger.persona.StatusWord;
import dev.wharfinger.workspace.ContentHash;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Holds journal and ledger against what the agents were told: no answered call is missing, and
 * nothing happened twice. Says what is wrong, a line each.
 *
 * @param entries the journal, parsed
 * @param files the project's text files by path
 */
record CrashCheck(List<JsonNode> entries, Map<String, String> files) {
    private static final List<String> ONCE =
            List.of("SESSION_LOG.md", "RAID_LOG.md", "PLAN.md", ".raps/MEMORY.md");

    List<String> complaints(List<Answered> answered, List<String> words) {
        var wrong = new ArrayList<String>();
        answered.forEach(call -> answered(wrong, call));
        for (String word : words) {
            int times = ONCE.stream().mapToInt(file -> count(text(file), word)).sum();
            if (times != 1 && !isFile(word)) {
                wrong.add("`" + word + "` stands " + times + " times in the ledger");
            }
        }
        shifts(wrong);
        deployments(wrong);
        written(wrong);
        plan(wrong);
        return wrong;
    }

    private boolean isFile(String word) {
        return files.containsKey(Extra.FILE.formatted(word));
    }

    private String text(String file) {
        return files.getOrDefault(file, "");
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private void answered(List<String> wrong, Answered call) {
        JsonNode said = call.result();
        Predicate<JsonNode> own = is("shift", call.shift());
        switch (call.tool()) {
            case "begin_shift" -> expect(wrong, call, "shift.begun", own);
            case "record_note" ->
                    expect(
                            wrong,
                            call,
                            "note.recorded",
                            own.and(is("kind", text(call.arguments(), "kind")))
                                    .and(is("id", text(said, "id"))));
            case "write_file" ->
                    expect(
                            wrong,
                            call,
                            "file.written",
                            own.and(is("path", text(said, "path")))
                                    .and(is("sha256", text(said, "sha256"))));
            case "commit_work" ->
                    expect(wrong, call, "commit.made", own.and(is("commit", text(said, "commit"))));
            case "record_proof" -> {
                if (said.has("verdict")) {
                    expect(
                            wrong,
                            call,
                            "proof.recorded",
                            own.and(is("gate", text(said, "gate")))
                                    .and(is("commit", text(said, "commit"))));
                    expect(wrong, call, "outcome.observed", own);
                }
            }
            case "plan_deploy" -> {
                if (said.has("plan")) {
                    expect(wrong, call, "plan.made", own.and(is("plan", text(said, "plan"))));
                }
            }
            case "deploy" -> {
                if (said.has("deployment")) {
                    Predicate<JsonNode> of = is("deployment", text(said, "deployment"));
                    expect(wrong, call, "deploy.started", of);
                    expect(
                            wrong,
                            call,
                            "deploy.finished",
                            of.and(is("state", text(said, "state"))));
                }
            }
            case "write_handoff" ->
                    expect(
                            wrong,
                            call,
                            "shift.ended",
                            own.and(is("outcome", text(said, "outcome"))));
            default -> {} // reads leave sightings, which a crash may take
        }
    }

    private void expect(List<String> wrong, Answered call, String type, Predicate<JsonNode> entry) {
        if (of(type).stream().noneMatch(entry)) {
            wrong.add(
                    "/"
                            + call.persona()
                            + " "
                            + call.tool()
                            + " was answered with "
                            + call.result()
                            + ", and there is no such "
                            + type);
        }
    }

    private static Predicate<JsonNode> is(String member, String value) {
        return entry -> text(entry, member).equals(value);
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asString("");
    }

    private List<JsonNode> of(String type) {
        return entries.stream().filter(is("type", type)).toList();
    }

    private void once(List<String> wrong, String what, long times) {
        if (times != 1) {
            wrong.add(what + ": " + times + " times");
        }
    }

    /** Each shift begins and ends once, in the journal, the session log and the handoff notes. */
    private void shifts(List<String> wrong) {
        for (JsonNode begun : of("shift.begun")) {
            String id = text(begun, "shift");
            once(wrong, "end of " + id, of("shift.ended").stream().filter(is("shift", id)).count());
            once(wrong, "start line of " + id, rows("SESSION_LOG.md", id, "Session start"));
            once(wrong, "end line of " + id, rows("SESSION_LOG.md", id, "Session end"));
            once(
                    wrong,
                    "briefing of " + id,
                    text("HANDOFF_NOTES.md")
                            .lines()
                            .filter(l -> l.startsWith("#") && l.contains(id))
                            .count());
            of("phase.done").stream()
                    .filter(is("shift", id))
                    .map(entry -> entry.path("phase").asInt() + " ")
                    .distinct()
                    .forEach(phase ->
                            once(
                                    wrong,
                                    "line of phase " + phase + "of " + id,
                                    rows("SESSION_LOG.md", id, "| Phase | " + phase)));
        }
    }

    private long rows(String file, String... parts) {
        return text(file)
                .lines()
                .filter(line -> line.startsWith("|"))
                .map(line -> line.replaceAll(" +", " "))
                .filter(line -> List.of(parts).stream().allMatch(line::contains))
                .count();
    }

    /** Each deployment switches once, ends once, and has its rows once. */
    private void deployments(List<String> wrong) {
        var versions = new LinkedHashMap<String, Integer>();
        for (JsonNode started : of("deploy.started")) {
            String id = text(started, "deployment");
            String plan = text(started, "plan");
            once(wrong, "start of " + plan, started(plan));
            once(wrong, "end of " + id, count("deploy.finished", is("deployment", id)));
            long switches =
                    count(
                            "deploy.step",
                            is("deployment", id)
                                    .and(is("phase", "switch"))
                                    .and(is("way", "forward"))
                                    .and(entry -> entry.path("done").asBoolean()));
            once(wrong, "switch of " + id, switches);
            of("plan.made").stream()
                    .filter(is("plan", plan))
                    .forEach(made -> versions.merge(text(made, "version"), 1, Integer::sum));
        }
        versions.forEach((version, times) -> {
            long runbook = rows("DEPLOYMENT_RUNBOOK.md", "| " + version + " | staging |");
            long notices = rows("SESSION_LOG.md", "| " + version + " to staging done");
            if (runbook != times || notices != times) {
                wrong.add(
                        "%s was deployed %d times, with %d rows in the runbook and %d in the log"
                                .formatted(version, times, runbook, notices));
            }
        });
    }

    private long started(String plan) {
        return count("deploy.started", is("plan", plan));
    }

    private long count(String type, Predicate<JsonNode> entry) {
        return of(type).stream().filter(entry).count();
    }

    /** What the journal says was written last is what stands in the file. */
    private void written(List<String> wrong) {
        var last = new LinkedHashMap<String, String>();
        of("file.written").forEach(entry -> last.put(text(entry, "path"), text(entry, "sha256")));
        last.forEach((path, hash) -> {
            String now = ContentHash.of(text(path).getBytes(UTF_8)).hex();
            if (!now.equals(hash)) {
                wrong.add("`" + path + "` is not what the journal says was written last");
            }
        });
    }

    private void plan(List<String> wrong) {
        Plan plan = Plan.parse("PLAN.md", text("PLAN.md").getBytes(UTF_8));
        Map<String, StatusWord> expected =
                Map.of(
                        "/test", StatusWord.DONE,
                        "/security", StatusWord.DONE,
                        "/deploy", StatusWord.ACTIVE);
        expected.forEach((command, word) -> {
            if (plan.row(command).filter(row -> row.claims(word)).isEmpty()) {
                wrong.add("PLAN.md says of " + command + ": " + plan.row(command));
            }
        });
    }
}
