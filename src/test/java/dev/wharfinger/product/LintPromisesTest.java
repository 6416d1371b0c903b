package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.persona.Hold;
import dev.wharfinger.persona.Lint;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code wharf lint} calls enforced is enforced: each kind of line is broken on a running
 * server, and a kind that nobody breaks here fails the test.
 */
class LintPromisesTest {
    private static final List<String> FILES =
            List.of(
                    "src/test/resources/persona/deploy-persona.md",
                    "prompts/deploy.md",
                    "prompts/test.md",
                    "prompts/security.md",
                    "prompts/auditor.md");

    @TempDir Path folder;
    private ShopProject project;
    private String version = "1.1.0";

    /** What was seen to hold, as {@code by} of the lint names it. */
    private final Set<String> held = new TreeSet<>();

    @BeforeEach
    void makeTheProject() throws Exception {
        project = BrokenShop.in(folder);
        assertThat(trust()).isZero();
    }

    @AfterEach
    void stopTheService() {
        project.stop();
    }

    private int trust() throws Exception {
        return StdioClient.run(
                "trust",
                "--root",
                project.root().toString(),
                "--state",
                project.state().toString());
    }

    @Test
    void everythingThatLintCallsEnforcedRefusesOrIsDoneByTheServer() throws Exception {
        try (var deploy = StdioClient.start(project, "--persona", "deploy")) {
            whatAHastyAgentMeets(deploy);
            whatItMayNotWrite(deploy);
            whatStopsAPlan(deploy);
        }
        try (var test = StdioClient.start(project, "--persona", "test")) {
            whatDoesNotProve(test);
        }
        mend();
        prove("test");
        prove("security");
        try (var deploy = StdioClient.start(project, "--persona", "deploy")) {
            whatShippingAsksFor(deploy);
        }
        var promised = new TreeSet<String>();
        for (String file : FILES) {
            Lint.of(file, Files.readAllBytes(Path.of(file))).coverage().stream()
                    .filter(covered -> covered.hold() == Hold.ENFORCED)
                    .forEach(covered -> promised.add(covered.by()));
        }
        assertThat(held).containsAll(promised);
    }

    private void whatAHastyAgentMeets(StdioClient deploy) throws IOException {
        refused(deploy.call("confirm_item", "item", "entry.1", "how", "x"), "shift.none");
        deploy.call("begin_shift", "request", "Add payments by credit card");
        held("begin_shift", project.read("SESSION_LOG.md").contains("/deploy"));
        held("check_scope", project.read("RAID_LOG.md").contains("Scope Creep"));
        refused(plan(deploy, "staging"), "hallucination.unread-ledger", "entry.incomplete");
        refused(deploy.call("view_file", "path", "app/Shop.java"), "hallucination.unlisted-path");
        read(deploy, "deploy");
        refused(deploy.call("deploy", "plan", "none"), "deploy.no-plan");
        refused(deploy.call("smoke_test", "environment", "staging"), "phase.out-of-order");
        refused(deploy.call("record_proof", "gate", "test"), "tool.not-yours");
        refused(
                deploy.call("write_handoff", "outcome", "shipped-staging", "summary", "Done."),
                "handoff.not-observed");
    }

    private void whatItMayNotWrite(StdioClient deploy) throws IOException {
        project.write(".env", "A=b\n");
        deploy.call("list_dir", "path", ".");
        refused(deploy.call("view_file", "path", ".env"), "lane.forbidden");
        Files.delete(project.root().resolve(".env"));
        deploy.call("list_dir", "path", "app");
        deploy.call("list_dir", "path", "docs");
        deploy.call("list_dir", "path", "docs/infrastructure");
        refused(write(deploy, "app/New.java", "class New {}"), "lane.outside");
        refused(write(deploy, "docs/infrastructure/new.md", "# New"), "lane.reader-only");
        refused(
                deploy.call("record_note", "kind", "memory", "text", "key AKIAIOSFODNN7WHARFIN ok"),
                "content.secret");
        refused(
                deploy.call("record_note", "kind", "memory", "text", "left-pad@9.9.9 is fine"),
                "hallucination.unknown-version");
    }

    private void whatStopsAPlan(StdioClient deploy) throws IOException {
        refused(plan(deploy, "moon"), "environment.unknown");
        refused(plan(deploy, "production"), "prohibition.direct-production");
        assertThat(plan(deploy, "lacking").toString())
                .contains("not set for the server: NOBODY_SETS_THIS");
        JsonNode shut = plan(deploy, "staging");
        refused(shut, "prohibition.untested-code", "gate.closed", "content.secret");
        assertThat(shut.toString()).contains("CI passes: it fails", "nothing proves it");
        project.write("app/Shop.java", project.read("app/Shop.java") + "// by nobody\n");
        assertThat(plan(deploy, "staging").toString()).contains("lane.unlogged-change");
        project.write("app/Shop.java", project.read("app/Shop.java").replace("// by nobody\n", ""));
        deploy.call("write_handoff", "outcome", "blocked", "summary", "All is shut.");
        held("write_handoff", project.read("HANDOFF_NOTES.md").contains("All is shut."));
    }

    private void whatDoesNotProve(StdioClient test) throws Exception {
        refused(test.call("deploy", "plan", "none"), "tool.not-yours");
        test.call("begin_shift", "request", "Prove it");
        read(test, "test");
        Files.createDirectories(project.root().resolve("test"));
        test.call("list_dir", "path", ".");
        test.call("list_dir", "path", "test");
        write(test, "test/empty.xml", "<testsuite name=\"s\" tests=\"0\"/>");
        test.call("commit_work", "message", "an empty report");
        ObjectNode presented = StdioClient.JSON.createObjectNode().put("gate", "test");
        presented.putArray("files").add("test/empty.xml");
        refused(test.call("record_proof", presented), "proof.unusable");
        assertThat(test.call("record_proof", "gate", "test").toString()).contains("NOT PROVED");
        refused(
                test.call("write_handoff", "outcome", "passed", "summary", "Green."),
                "handoff.not-observed");
        refused(
                test.call("write_handoff", "outcome", "failed", "summary", "Red."),
                "exit.incomplete");
        endWithNotes(test, "failed");
        try (var security = StdioClient.start(project, "--persona", "security")) {
            security.call("begin_shift", "request", "Scan it");
            read(security, "security");
            security.call("record_proof", "gate", "security");
            endWithNotes(security, "failed");
        }
        project.commit("v1.1.1");
        version = "1.1.1";
        try (var deploy = StdioClient.start(project, "--persona", "deploy")) {
            deploy.call("begin_shift", "request", "Ship it");
            read(deploy, "deploy");
            refused(plan(deploy, "staging"), "prohibition.security-holes");
            deploy.call("write_handoff", "outcome", "blocked", "summary", "Red.");
        }
    }

    private void mend() throws IOException {
        Files.delete(project.root().resolve("app/key.txt"));
        project.write("app/broken", "nothing");
        project.write("PLAN.md", project.read("PLAN.md").replace("❌ FAILED", "✅ DONE"));
        project.commit("v1.2.0");
        version = "1.2.0";
    }

    private void prove(String persona) throws IOException {
        try (var client = StdioClient.start(project, "--persona", "deploy")) {
            client.call("begin_shift", "request", "Ship it");
            read(client, "deploy");
            assertThat(plan(client, "staging").toString()).contains("hallucination.unproved");
            held.add("hallucination.unproved");
            client.call("write_handoff", "outcome", "blocked", "summary", "Claimed only.");
        }
        try (var client = StdioClient.start(project, "--persona", persona)) {
            JsonNode end = client.follow("Please " + persona);
            assertThat(end.path("structuredContent").path("outcome").asString())
                    .isEqualTo("passed");
        }
    }

    private void whatShippingAsksFor(StdioClient deploy) throws Exception {
        deploy.call("begin_shift", "request", "Ship 1.2.0");
        read(deploy, "deploy");
        refused(planStatus(deploy), "lane.reader-only");
        JsonNode plan = plan(deploy, "staging");
        JsonNode live =
                deploy.call(
                        "deploy", "plan", plan.path("structuredContent").path("plan").asString());
        assertThat(live.path("structuredContent").path("state").asString()).isEqualTo("done");
        held("deploy", project.read("DEPLOYMENT_RUNBOOK.md").contains("1.2.0"));
        assertThat(project.read("SESSION_LOG.md"))
                .contains(
                        "Readiness verified", "Vars confirmed", "Staging live", "Health verified");
        refused(plan(deploy, "production"), "approval.missing");
        ObjectNode hotfix = StdioClient.JSON.createObjectNode().put("hotfix", true);
        refused(
                deploy.call(
                        "plan_deploy",
                        hotfix.put("environment", "production").put("version", version)),
                "prohibition.unapproved-hotfix");
        Path kept = project.state().resolve("artifacts");
        Path releases = folder.toRealPath().resolve("staging/releases");
        hide(kept, releases);
        refused(plan(deploy, "staging"), "deploy.no-rollback");
        refused(
                deploy.call("write_handoff", "outcome", "shipped-staging", "summary", "Shipped."),
                "exit.incomplete");
        project.write("app/broken", "integrity");
        project.commit("v1.3.0");
        JsonNode broken = endWithNotes(deploy, "shipped-staging");
        assertThat(broken.toString()).contains("The integrity check fails");
    }

    private static void hide(Path... folders) throws IOException {
        for (Path each : folders) {
            Files.move(each, each.resolveSibling("elsewhere"));
        }
    }

    private static JsonNode endWithNotes(StdioClient client, String outcome) throws IOException {
        for (String kind : List.of("risk", "memory")) {
            client.call(
                    "record_note",
                    StdioClient.JSON
                            .createObjectNode()
                            .put("kind", kind)
                            .put("text", "Nothing.")
                            .put("none", true));
        }
        return client.call("write_handoff", "outcome", outcome, "summary", "Over.");
    }

    private static void read(StdioClient client, String persona) throws IOException {
        client.call("read_plan");
        client.call("view_file", "path", "skills/" + persona + "-toolkit/SKILL.md");
        client.call("view_file", "path", "HANDOFF_NOTES.md");
    }

    private JsonNode plan(StdioClient client, String environment) throws IOException {
        return client.call("plan_deploy", "environment", environment, "version", version);
    }

    private static JsonNode write(StdioClient client, String path, String text) throws IOException {
        return client.call("write_file", "path", path, "content", text);
    }

    private JsonNode planStatus(StdioClient client) throws IOException {
        JsonNode seen = client.call("view_file", "path", "PLAN.md").path("structuredContent");
        ObjectNode edit = StdioClient.JSON.createObjectNode().put("path", "PLAN.md");
        edit.put("if_sha256", seen.path("sha256").asString());
        edit.putArray("edits").addObject().put("old", "🛠️ ACTIVE").put("new", "✅ DONE");
        return client.call("write_file", edit);
    }

    private void refused(JsonNode answer, String... rules) {
        var found = answer.path("structuredContent").path("refused").findValuesAsString("rule");
        assertThat(found).as("%s", answer).contains(rules);
        held.addAll(List.of(rules));
    }

    private void held(String tool, boolean done) {
        assertThat(done).as(tool).isTrue();
        held.add(tool);
    }
}
