package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each tool tells its callers, as structure and as text, in one shift to staging. */
class ToolContractTest {
    @TempDir Path folder;
    private ShopProject project;

    @BeforeEach
    void makeTheProject() throws Exception {
        project = ShopProject.in(folder);
        project.write("CHARTER.md", "# Charter\n\n## Out of scope\n\n- Payment by cheque\n");
        project.commit("v1.0.1");
        String root = project.root().toString();
        String state = project.state().toString();
        assertThat(StdioClient.run("trust", "--root", root, "--state", state)).isZero();
    }

    @AfterEach
    void stopTheService() {
        project.stop();
    }

    private void prove(String persona) throws Exception {
        try (var client = StdioClient.start(project, "--persona", persona)) {
            assertThat(client.follow("Prove it").path("isError").asBoolean()).isFalse();
        }
    }

    /** The structure has these members, each with something in it. */
    private static JsonNode tells(JsonNode result, String... members) {
        JsonNode structured = result.path("structuredContent");
        assertThat(result.path("isError").asBoolean()).as("%s", result).isFalse();
        for (String member : members) {
            assertThat(structured.has(member)).as("`%s` in %s", member, structured).isTrue();
        }
        return structured;
    }

    private static String text(JsonNode result) {
        return result.path("content").path(0).path("text").asString();
    }

    @Test
    void aShiftToStagingToldAsStructureAndAsText() throws Exception {
        prove("test");
        prove("security");
        try (var client = StdioClient.start(project, "--persona", "deploy")) {
            JsonNode begun = client.call("begin_shift", "request", "Ship 1.0.1");
            tells(begun, "shift", "resumed", "announcement", "entry", "scope", "running");
            assertThat(text(begun)).contains("\nscope: ").contains("\nenforcement: advisory");
            JsonNode plan = client.call("read_plan");
            tells(plan, "rows", "tasks", "blockers", "sha256");
            reading(client);
            JsonNode gates = client.call("check_gates", "environment", "staging");
            assertThat(tells(gates, "gates").path("ready").asBoolean()).isTrue();
            String deployed = deploying(client);
            JsonNode again = client.call("deploy", "plan", deployed);
            assertThat(tells(again).path("state").asString()).isEqualTo("done");
            JsonNode smoke = client.call("smoke_test", "environment", "staging");
            JsonNode check = tells(smoke, "checks", "passed").path("checks").path(0);
            assertThat(check.propertyNames()).contains("expected", "observed", "millis");
            ending(client);
        }
        auditing();
    }

    private static void reading(StdioClient client) throws Exception {
        JsonNode seen = client.call("view_file", "path", "/HANDOFF_NOTES.md");
        String hash = tells(seen, "text", "lines").path("sha256").asString();
        assertThat(text(seen)).contains("sha256 " + hash);
        tells(client.call("view_file", "path", "skills/deploy-toolkit/SKILL.md"));
        JsonNode listed = client.call("list_dir", "path", "/app");
        assertThat(tells(listed, "entries").path("entries").path(0).propertyNames())
                .containsExactly("path", "type", "size");
        JsonNode creep = client.call("check_scope", "request", "Add payment by cheque");
        assertThat(tells(creep, "raid").path("verdict").asString()).isEqualTo("scope_creep");
        assertThat(text(creep)).contains("CHARTER.md:5 Payment by cheque");
        JsonNode version = client.call("verify_version", "package", "lodash");
        assertThat(tells(version, "versions").path("found").asBoolean()).isFalse();
    }

    private static String deploying(StdioClient client) throws Exception {
        JsonNode made =
                client.call(
                        "plan_deploy",
                        StdioClient.JSON
                                .createObjectNode()
                                .put("environment", "staging")
                                .put("version", "v1.0.1")
                                .put("hotfix", true));
        JsonNode plan =
                tells(made, "digest", "differs", "gates", "rollback", "decisions", "expires");
        assertThat(text(made)).contains("\ndiffers: everything", "\nexpires: ");
        JsonNode ended = client.call("deploy", "plan", plan.path("plan").asString());
        JsonNode live = tells(ended, "state", "smoke", "observed_version", "phases", "url");
        assertThat(live.path("url").asString()).startsWith("http://127.0.0.1:");
        assertThat(live.path("phases")).isNotEmpty();
        live.path("phases").forEach(phase -> assertThat(phase.path("millis").isInt()).isTrue());
        assertThat(text(ended)).contains("\ntook: ");
        return plan.path("plan").asString();
    }

    private static void ending(StdioClient client) throws Exception {
        JsonNode status = client.call("shift_status");
        tells(status, "phase", "entry", "exit", "sightings", "plans", "outcomes");
        assertThat(text(status)).contains("shipped-staging (observed) → /ux");
        for (String kind : List.of("risk", "memory")) {
            tells(
                    client.call(
                            "record_note",
                            StdioClient.JSON
                                    .createObjectNode()
                                    .put("kind", kind)
                                    .put("text", "Nothing.")
                                    .put("none", true)),
                    "none");
        }
        JsonNode end =
                client.call("write_handoff", "outcome", "shipped-staging", "summary", "Shipped.");
        assertThat(tells(end, "unverified", "row").path("next_persona").asString())
                .isEqualTo("/ux");
        assertThat(exit(end)).containsEntry("exit.1", "done").containsEntry("exit.5", "done");
    }

    private static Map<String, String> exit(JsonNode end) {
        var states = new LinkedHashMap<String, String>();
        for (JsonNode item : end.path("structuredContent").path("exit")) {
            states.put(item.path("id").asString(), item.path("state").asString());
        }
        return states;
    }

    private void auditing() throws Exception {
        try (var auditor = StdioClient.start(project, "--persona", "auditor")) {
            JsonNode found = auditor.call("search_journal", "text", "plan.made");
            JsonNode entry = tells(found).path("entries").path(0).path("entry");
            assertThat(entry.path("hotfix").asBoolean()).as("as it was asked").isTrue();
            JsonNode verified = auditor.call("verify_journal");
            assertThat(tells(verified, "size", "root", "checkpoint").path("verdict").asString())
                    .isEqualTo("verified");
            assertThat(StdioClient.rule(auditor.call("search_journal", "cursor", "-1")))
                    .isEqualTo("argument.invalid");
        }
    }

    @Test
    void whatAClosedGateNeedsStandsInTheTextTooAndABlockedShiftOwesNoDone() throws Exception {
        try (var client = StdioClient.start(project, "--persona", "deploy")) {
            client.call("begin_shift", "request", "Ship 1.0.1");
            client.call("read_plan");
            client.call("view_file", "path", "HANDOFF_NOTES.md");
            JsonNode gates = client.call("check_gates", "environment", "staging");
            assertThat(tells(gates).path("ready").asBoolean()).isFalse();
            assertThat(text(gates)).contains("→ Hand over to /test", "(by: persona:/test)");
            JsonNode no = client.call("record_proof", "gate", "test");
            assertThat(StdioClient.rule(no)).isEqualTo("tool.not-yours");
            assertThat(no.toString()).contains("persona:/test", "/security");
            JsonNode end = client.call("write_handoff", "outcome", "blocked", "summary", "Closed.");
            assertThat(exit(end))
                    .containsEntry("exit.1", "not applicable")
                    .containsEntry("exit.5", "not applicable")
                    .containsEntry("exit.9", "done");
            assertThat(project.read("PLAN.md")).contains("| /deploy | 💤 IDLE |");
        }
    }

    @Test
    void theHintsOfAToolAreTrue() throws Exception {
        try (var client = StdioClient.start(project, "--persona", "deploy")) {
            JsonNode listed = client.request("tools/list", StdioClient.JSON.createObjectNode());
            List<String> readOnly = hinted(listed, "readOnlyHint");
            assertThat(readOnly)
                    .containsExactly(
                            "check_gates",
                            "list_dir",
                            "read_plan",
                            "shift_status",
                            "verify_version",
                            "view_file");
            assertThat(hinted(listed, "destructiveHint"))
                    .containsExactly("deploy", "rollback", "write_file");
            assertThat(hinted(listed, "openWorldHint"))
                    .containsExactly("deploy", "plan_deploy", "rollback", "smoke_test");
            assertThat(hinted(listed, "idempotentHint"))
                    .containsAll(readOnly)
                    .contains("check_scope", "confirm_item", "deploy", "plan_deploy", "record_note")
                    .doesNotContain("begin_shift", "commit_work", "write_handoff");
        }
        try (var client = StdioClient.start(project, "--persona", "test", "--read-only")) {
            assertThat(StdioClient.rule(client.call("deploy", "plan", "p")))
                    .as("not the server's mode keeps it away")
                    .isEqualTo("tool.not-yours");
            assertThat(StdioClient.rule(client.call("record_proof", "gate", "test")))
                    .isEqualTo("mode.read-only");
        }
    }

    private static List<String> hinted(JsonNode listed, String hint) {
        var names = new ArrayList<String>();
        for (JsonNode tool : listed.path("result").path("tools")) {
            if (tool.path("annotations").path(hint).asBoolean()) {
                names.add(tool.path("name").asString());
            }
        }
        return names;
    }
}
