package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.journal.JournalReader;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Files;
import java.nio.file.Path;

/** The way back is always there: for an agent once a deployment, for people whenever they want. */
class RollbackTest {
    @TempDir Path folder;
    private VersionedShop shop;

    @BeforeEach
    void makeTheShop() throws Exception {
        shop = VersionedShop.in(folder);
    }

    @AfterEach
    void stopTheService() {
        shop.project().stop();
    }

    private void ship(StdioClient deploy, String version) throws Exception {
        shop.release(version);
        for (String persona : new String[] {"test", "security"}) {
            try (var client = StdioClient.start(shop.project(), "--persona", persona)) {
                client.follow("Please " + persona);
            }
        }
        read(deploy);
        JsonNode plan = deploy.call("plan_deploy", "environment", "staging", "version", version);
        JsonNode live =
                deploy.call(
                        "deploy", "plan", plan.path("structuredContent").path("plan").asString());
        assertThat(live.path("structuredContent").path("state").asString())
                .as("%s %s", plan, live)
                .isEqualTo("done");
    }

    private static void read(StdioClient deploy) throws Exception {
        deploy.call("begin_shift", "request", "Ship it");
        deploy.call("read_plan");
        deploy.call("view_file", "path", "skills/deploy-toolkit/SKILL.md");
        deploy.call("view_file", "path", "HANDOFF_NOTES.md");
    }

    private static JsonNode back(StdioClient deploy) throws Exception {
        return deploy.call("rollback", "environment", "staging", "reason", "errors everywhere");
    }

    private static String state(JsonNode result) {
        return result.path("structuredContent").path("state").asString();
    }

    @Test
    void anAgentGoesBackOnceAndWhateverIsWrongIsOnlyRecorded() throws Exception {
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            read(deploy);
            assertThat(StdioClient.rule(back(deploy))).isEqualTo("phase.out-of-order");
            ship(deploy, "1.1.0");
            ship(deploy, "1.2.0");
            assertThat(shop.page()).isEqualTo("Welcome 1.2.0");
            Files.writeString(
                    shop.project().root().resolve("HANDOFF_NOTES.md"),
                    "# Somebody else was here\n");
            Path rules = shop.project().root().resolve("wharf.yaml");
            Files.writeString(rules, Files.readString(rules) + "# changed\n");
            Files.move(
                    shop.project().root().resolve(".git/HEAD"),
                    shop.project().root().resolve(".git/HEAD.gone"));
            JsonNode back = back(deploy);
            assertThat(state(back)).as("%s", back).isEqualTo("rolled_back");
            System.out.println(back.path("content").path(0).path("text").asString());
            assertThat(back.path("structuredContent").path("restored").asString())
                    .isEqualTo("1.1.0");
            assertThat(back.path("structuredContent").path("recorded").toString())
                    .contains("wharf.yaml", "HANDOFF_NOTES.md");
            assertThat(shop.page()).isEqualTo("Welcome 1.1.0");
            assertThat(shop.project().read("SESSION_LOG.md"))
                    .contains("ROLLBACK in staging: 1.2.0 → 1.1.0: errors everywhere");
            assertThat(shop.project().read("PLAN.md"))
                    .contains("Regression in 1.2.0", "root cause", "/retro", "🚨 ROLLBACK");
            JsonNode again = back(deploy);
            assertThat(StdioClient.rule(again)).isEqualTo("approval.missing");
            assertThat(again.toString()).contains("wharf approve r_");
            assertThat(shop.page()).isEqualTo("Welcome 1.1.0");
        }
        Files.move(
                shop.project().root().resolve(".git/HEAD.gone"),
                shop.project().root().resolve(".git/HEAD"));
        assertThat(JournalReader.open(shop.project().state()).verify().isVerified()).isTrue();
    }

    @Test
    void aPersonGoesBackWithoutAnybodysLeaveAndWithoutAKeeper() throws Exception {
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            read(deploy);
            ship(deploy, "1.1.0");
            ship(deploy, "1.2.0");
            assertThat(shop.wharf("rollback", "staging", "--reason", "people complain")).isZero();
            assertThat(shop.page()).isEqualTo("Welcome 1.1.0");
        }
        assertThat(shop.wharf("rollback", "moon", "--reason", "x")).isEqualTo(1);
        assertThat(shop.wharf("rollback", "staging", "--reason", "all of it")).isZero();
        try (var sockets = new java.net.Socket()) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() ->
                            sockets.connect(
                                    new java.net.InetSocketAddress(
                                            "127.0.0.1", shop.project().port())))
                    .isInstanceOf(java.net.ConnectException.class);
        }
        assertThat(Files.exists(shop.staging().resolve("current"))).isFalse();
        assertThat(JournalReader.open(shop.project().state()).verify().isVerified()).isTrue();
    }

    @Test
    void theHandoffFollowsFromTheReturn() throws Exception {
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            read(deploy);
            ship(deploy, "1.1.0");
            JsonNode back = back(deploy);
            assertThat(state(back)).isEqualTo("rolled_back");
            assertThat(back.path("structuredContent").path("restored").asString())
                    .isEqualTo("absent");
            JsonNode result = back;
            for (int i = 0; i < 10; i++) {
                JsonNode next = result.path("structuredContent").path("next").path(0);
                if (next.isMissingNode()) {
                    break;
                }
                result =
                        deploy.call(
                                next.path("tool").asString(),
                                (tools.jackson.databind.node.ObjectNode) next.path("arguments"));
            }
            assertThat(result.path("structuredContent").path("outcome").asString())
                    .as("%s", result)
                    .isEqualTo("rollback-active");
            assertThat(result.path("structuredContent").path("next_persona").asString())
                    .isEqualTo("/build");
        }
        assertThat(shop.project().read("PLAN.md")).contains("| /deploy | 🚨 ROLLBACK |");
    }
}
