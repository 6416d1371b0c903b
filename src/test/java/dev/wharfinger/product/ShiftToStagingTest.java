package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.journal.JournalReader;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/** The product's main job, by a robot over real pipes. */
class ShiftToStagingTest {
    @TempDir Path folder;
    private ShopProject project;

    @BeforeEach
    void makeTheProject() throws Exception {
        project = ShopProject.in(folder);
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

    private JsonNode follow(String persona) throws Exception {
        try (var client = StdioClient.start(project, "--persona", persona)) {
            return client.follow("Please " + persona + " 1.0.0");
        }
    }

    private String page() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + project.port() + "/"))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void aRobotReachesStagingAndHandsOverWithinItsBudget() throws Exception {
        follow("test");
        follow("security");
        try (var client = StdioClient.start(project, "--persona", "deploy")) {
            JsonNode end = client.follow("Ship 1.0.0");
            System.out.printf(
                    "to staging: %d calls, %.0f tokens%n", client.calls(), client.tokens());
            assertThat(end.path("structuredContent").path("outcome").asString())
                    .isEqualTo("shipped-staging");
            assertThat(client.calls()).isLessThanOrEqualTo(12);
            assertThat(client.tokens()).isLessThanOrEqualTo(8_000);
        }
        assertThat(page()).isEqualTo("Welcome");
        assertThat(project.read("PLAN.md"))
                .contains(
                        "| /test | ✅ DONE |", "| /security | ✅ DONE |", "| /deploy | 🛠️ ACTIVE |");
        assertThat(project.read("DEPLOYMENT_RUNBOOK.md")).contains("1.0.0", "staging");
        assertThat(JournalReader.open(project.state()).verify().isVerified()).isTrue();
    }

    @Test
    void aRobotReachesBlockedWithinItsBudgetWhereNothingIsProved() throws Exception {
        try (var client = StdioClient.start(project, "--persona", "deploy")) {
            JsonNode end = client.follow("Ship 1.0.0");
            System.out.printf(
                    "to blocked: %d calls, %.0f tokens%n", client.calls(), client.tokens());
            assertThat(end.path("structuredContent").path("outcome").asString())
                    .isEqualTo("blocked");
            assertThat(end.path("structuredContent").path("next_persona").asString())
                    .isEqualTo("/test");
            assertThat(client.calls()).isLessThanOrEqualTo(7);
        }
        assertThat(project.read("PLAN.md")).contains("| /deploy | 💤 IDLE |");
    }

    @Test
    void changedRulesStopDeployingUntilAPersonAcceptsThem() throws Exception {
        Path rules = project.root().resolve("wharf.yaml");
        Files.writeString(rules, Files.readString(rules) + "plans: { expire: 2h }\n");
        try (var client = StdioClient.start(project, "--persona", "test")) {
            client.call("begin_shift", "request", "Test it");
            client.call("read_plan");
            assertThat(StdioClient.rule(client.call("record_proof", "gate", "test")))
                    .isEqualTo("policy.changed");
        }
        assertThat(trust()).isZero();
        try (var client = StdioClient.start(project, "--persona", "test")) {
            client.call("begin_shift", "request", "Test it");
            client.call("read_plan");
            client.call("view_file", "path", "skills/test-toolkit/SKILL.md");
            client.call("view_file", "path", "HANDOFF_NOTES.md");
            JsonNode dirty = client.call("record_proof", "gate", "test");
            assertThat(StdioClient.rule(dirty)).isEqualTo("proof.unusable"); // not committed yet
        }
    }

    @Test
    void twoPersonasWorkAtOnceAndTheSecondTakesOverWhenTheKeeperIsKilled() throws Exception {
        try (var keeper = StdioClient.start(project, "--persona", "deploy");
                var attached = StdioClient.start(project, "--persona", "test")) {
            keeper.call("begin_shift", "request", "Ship it");
            attached.call("begin_shift", "request", "Test it");
            assertThat(StdioClient.rule(attached.call("deploy", "plan", "p")))
                    .isEqualTo("tool.not-yours");
            String socket = project.state().resolve("wharf.sock").toString();
            assertThat(Files.getPosixFilePermissions(Path.of(socket))).hasSize(2);
            keeper.kill();
            JsonNode status = attached.call("shift_status");
            if (status.isMissingNode()) { // the call that was in flight is answered with an error
                status = attached.call("shift_status");
            }
            assertThat(status.path("structuredContent").path("open").asBoolean()).isTrue();
        }
        assertThat(JournalReader.open(project.state()).verify().isVerified()).isTrue();
    }

    @Test
    void readOnlyOffersNothingThatChangesAnything() throws Exception {
        try (var client = StdioClient.start(project, "--persona", "deploy", "--read-only")) {
            JsonNode tools = client.request("tools/list", StdioClient.JSON.createObjectNode());
            var names = new ArrayList<String>();
            tools.path("result")
                    .path("tools")
                    .forEach(tool -> names.add(tool.path("name").asString()));
            assertThat(names)
                    .contains("read_plan", "list_dir", "view_file")
                    .doesNotContain(
                            "deploy", "begin_shift", "write_file", "write_handoff", "plan_deploy");
            assertThat(StdioClient.rule(client.call("deploy", "plan", "p")))
                    .isEqualTo("mode.read-only");
        }
    }

    @Test
    void filesForSecretsAreReadByNobody() throws Exception {
        project.write(".env", "PASSWORD=secret\n");
        try (var client = StdioClient.start(project, "--persona", "deploy")) {
            assertThat(StdioClient.rule(client.call("view_file", "path", ".env")))
                    .isEqualTo("lane.forbidden");
            client.call("begin_shift", "request", "Look");
            client.call("list_dir", "path", ".");
            assertThat(StdioClient.rule(client.call("view_file", "path", ".env")))
                    .isEqualTo("lane.forbidden");
        }
    }

    @Test
    void theThirdIdenticalRefusalSaysStop() throws Exception {
        try (var client = StdioClient.start(project, "--persona", "deploy")) {
            client.call("begin_shift", "request", "Ship it");
            client.call("deploy", "plan", "p_none");
            client.call("deploy", "plan", "p_none");
            JsonNode third = client.call("deploy", "plan", "p_none");
            assertThat(StdioClient.rule(third)).isEqualTo("deploy.no-plan");
            assertThat(third.path("content").path(0).path("text").asString()).startsWith("STOP");
        }
    }
}
