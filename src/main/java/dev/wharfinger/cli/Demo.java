package dev.wharfinger.cli;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * The demonstration: agents run a shift to staging through a real MCP client, and are refused
 * wherever the persona file says so. Every scene says what must happen, and whether it did.
 */
final class Demo {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_CALLS = 25;
    private final DemoProject project;
    private final DemoStage stage;

    Demo(DemoProject project, DemoStage stage) {
        this.project = project;
        this.stage = stage;
    }

    /** Plays every scene. */
    void play() throws IOException, InterruptedException {
        refusals();
        prove("1.0.0");
        ship("1.0.0", "done", "shipped-staging");
        shows("This is shop 1.0.0");
        new DemoProduction(project, stage, this).play();
        stage.heading(
                "Somebody releases 1.1.0: its tests are green, its page breaks once it is shipped");
        project.breakIt();
        prove("1.1.0");
        ship("1.1.0", "rolled_back", "build-broken");
        shows("This is shop 1.0.0");
        new DemoProduction(project, stage, this).takeBack();
    }

    private void refusals() throws IOException {
        stage.heading("An agent runs /deploy, too early and too boldly");
        stage.said("user", "Ship 1.0.0, quickly.");
        try (DemoClient agent = DemoClient.start(project, "deploy")) {
            granted(
                    agent,
                    "begin_shift",
                    arguments("request", "Ship 1.0.0, quickly.", "version", "1.0.0"));
            refused(
                    agent,
                    "view_file",
                    arguments("path", "app/Shop.java"),
                    "hallucination.unlisted-path");
            granted(agent, "read_plan", arguments());
            granted(agent, "view_file", arguments("path", "skills/deploy-toolkit/SKILL.md"));
            granted(agent, "view_file", arguments("path", "HANDOFF_NOTES.md"));
            refused(
                    agent,
                    "plan_deploy",
                    plan("staging", "2.0.0"),
                    "hallucination.unknown-version");
            refused(
                    agent,
                    "plan_deploy",
                    plan("production", "1.0.0"),
                    "prohibition.direct-production");
            refused(agent, "plan_deploy", plan("staging", "1.0.0"), "prohibition.untested-code");
            granted(agent, "list_dir", arguments("path", "app"));
            ObjectNode mend = arguments("path", "app/NewTest.java", "content", "class NewTest {}");
            refused(agent, "write_file", mend, "lane.outside");
            markDone(agent);
            stage.said("somebody", "opens PLAN.md in an editor and writes ✅ DONE beside /test");
            project.markTestsDoneByHand();
            granted(agent, "read_plan", arguments());
            refused(agent, "plan_deploy", plan("staging", "1.0.0"), "hallucination.unproved");
            granted(
                    agent,
                    "write_handoff",
                    arguments("outcome", "blocked", "summary", "Nothing is proved yet."));
        }
    }

    private void markDone(DemoClient agent) throws IOException {
        JsonNode plan = granted(agent, "view_file", arguments("path", "PLAN.md"));
        ObjectNode edit =
                arguments(
                        "path",
                        "PLAN.md",
                        "if_sha256",
                        plan.path("structuredContent").path("sha256").asString());
        edit.putArray("edits")
                .addObject()
                .put("old", "| /test | 💤 IDLE |")
                .put("new", "| /test | ✅ DONE |");
        refused(agent, "write_file", edit, "lane.reader-only");
    }

    /**
     * {@code /test} and {@code /security} prove the commit; each follows what the server says is
     * next.
     */
    private void prove(String version) throws IOException {
        for (String persona : new String[] {"test", "security"}) {
            stage.heading("/" + persona + " proves " + version);
            try (DemoClient agent = DemoClient.start(project, persona)) {
                String ended =
                        follow(agent, persona, "Prove " + version + ".")
                                .path("outcome")
                                .asString("");
                expect(
                        ended.equals("passed"),
                        "/" + persona + " ends as passed, not `" + ended + "`");
            }
        }
    }

    private void ship(String version, String state, String outcome) throws IOException {
        stage.heading("/deploy ships " + version + " to staging");
        try (DemoClient agent = DemoClient.start(project, "deploy")) {
            JsonNode end = follow(agent, "deploy", "Ship " + version + " to staging.");
            String ended = end.path("outcome").asString("");
            expect(
                    ended.equals(outcome),
                    version + " ends as " + outcome + ", not `" + ended + "` (" + state + ")");
        }
    }

    /** Sends only what the server names as the next legal call, until the shift has ended. */
    private JsonNode follow(DemoClient agent, String persona, String request) throws IOException {
        return follow(
                agent,
                persona,
                shown(agent, persona, "begin_shift", arguments("request", request)));
    }

    /** The same from this answer on. */
    JsonNode follow(DemoClient agent, String persona, JsonNode from) throws IOException {
        JsonNode result = from;
        for (int calls = 0; calls < MOST_CALLS; calls++) {
            JsonNode next = result.path("structuredContent").path("next").path(0);
            if (next.isMissingNode()) {
                return result.path("structuredContent");
            }
            result =
                    shown(
                            agent,
                            persona,
                            next.path("tool").asString(),
                            (ObjectNode) next.path("arguments"));
        }
        stage.wrong(persona + " did not end its shift in " + MOST_CALLS + " calls");
        return result.path("structuredContent");
    }

    JsonNode shown(DemoClient agent, String persona, String tool, ObjectNode arguments)
            throws IOException {
        JsonNode result = agent.call(tool, arguments);
        stage.call(persona, brief(tool, arguments));
        String first = text(result).lines().findFirst().orElse("");
        if (result.path("isError").asBoolean(false)
                || first.startsWith("TAKEN BACK")
                || first.startsWith("FAILED")) {
            stage.failure(first);
        } else {
            stage.granted(first);
        }
        return result;
    }

    JsonNode granted(DemoClient agent, String tool, ObjectNode arguments) throws IOException {
        JsonNode result = shown(agent, "deploy", tool, arguments);
        expect(!result.path("isError").asBoolean(false), "`" + tool + "` is granted");
        return result;
    }

    void refused(DemoClient agent, String tool, ObjectNode arguments, String rule)
            throws IOException {
        JsonNode result = agent.call(tool, arguments);
        stage.call("deploy", brief(tool, arguments));
        Optional<JsonNode> found = Optional.empty();
        for (JsonNode refusal : result.path("structuredContent").path("refused")) {
            if (refusal.path("rule").asString().equals(rule)) {
                found = Optional.of(refusal);
            }
        }
        if (found.isEmpty()) {
            stage.wrong("`" + tool + "` must be refused by " + rule + "; it said: " + text(result));
            return;
        }
        JsonNode no = found.get();
        String where = no.path("source").asString("");
        stage.refusal(
                rule,
                no.path("reason").asString()
                        + " → "
                        + no.path("remedy").asString()
                        + (where.isEmpty() ? "" : " [" + where + "]"));
    }

    private void shows(String expected) throws IOException, InterruptedException {
        shows(project.url(), expected);
    }

    /** Looks at what is really served. */
    void shows(String url, String expected) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
            String page = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            stage.said("curl " + url, page);
            expect(page.contains(expected), "the page says `" + expected + "`");
        }
    }

    void expect(boolean holds, String what) {
        if (!holds) {
            stage.wrong(what);
        }
    }

    private static String brief(String tool, ObjectNode arguments) {
        var words = new StringBuilder(tool);
        arguments
                .properties()
                .forEach(entry -> {
                    String value = entry.getValue().isString() ? entry.getValue().asString() : "…";
                    boolean handle = value.startsWith("p_") || value.length() == 64;
                    words.append(' ')
                            .append(entry.getKey())
                            .append('=')
                            .append(handle ? value.substring(0, 8) + "…" : value);
                });
        return words.toString();
    }

    private static String text(JsonNode result) {
        return result.path("content").path(0).path("text").asString(result.toString());
    }

    static ObjectNode plan(String environment, String version) {
        return arguments("environment", environment, "version", version);
    }

    static ObjectNode arguments(String... pairs) {
        ObjectNode node = JSON.createObjectNode();
        for (int i = 0; i < pairs.length; i += 2) {
            node.put(pairs[i], pairs[i + 1]);
        }
        return node;
    }
}
