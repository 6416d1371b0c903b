package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.approval.SoftKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lanes, dangerous content and scope: an agent asks, a person decides, and it holds for that alone.
 */
class AskedPeopleTest {
    private static final String APPROVALS = "{ count: 1, presence: required, expire: 1h }";
    private static final String DANGEROUS =
            "on: pull_request_target\npermissions: write-all\njobs: {}\n";
    @TempDir Path folder;

    private static String id(JsonNode answer) {
        var found = java.util.regex.Pattern.compile("r_[a-z2-7]{26}").matcher(answer.toString());
        assertThat(found.find()).as("%s", answer).isTrue();
        return found.group();
    }

    private static void decide(ApprovedShop shop, String id, String choice) throws Exception {
        String text = shop.text(id, choice, "anna").text();
        assertThat(shop.deliver(text, shop.anna().sign(text))).isEmpty();
    }

    @Test
    void aLaneIsOpenedForOneShiftAndOnePathByAPerson() throws Exception {
        try (var shop = ApprovedShop.in(folder, APPROVALS);
                var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            deploy.call("begin_shift", "request", "Ship it");
            JsonNode unseen = deploy.call("request_lane", "path", "app/New.java", "reason", "x");
            JsonNode absent = deploy.call("request_lane", "path", "nowhere/a", "reason", "x");
            assertThat(StdioClient.rule(unseen)).isEqualTo("hallucination.unlisted-path");
            assertThat(StdioClient.rule(absent)).isEqualTo("hallucination.unlisted-path");
            deploy.call("list_dir", "path", ".");
            deploy.call("list_dir", "path", "app");
            for (String forbidden : new String[] {"wharf.yaml", ".git/config", ".env"}) {
                assertThat(
                                StdioClient.rule(
                                        deploy.call(
                                                "request_lane", "path", forbidden, "reason", "x")))
                        .as(forbidden)
                        .isEqualTo("lane.forbidden");
            }
            JsonNode asked = deploy.call("request_lane", "path", "app/New.java", "reason", "a fix");
            assertThat(asked.path("structuredContent").path("state").asString())
                    .isEqualTo("waiting");
            String id = id(asked);
            assertThat(id(deploy.call("request_lane", "path", "app/New.java", "reason", "again")))
                    .isEqualTo(id);
            assertThat(StdioClient.rule(write(deploy, "app/New.java"))).isEqualTo("lane.outside");
            assertThat(shop.ask("card", id).toString()).contains("app/New.java", "a fix");
            decide(shop, id, "approve");
            assertThat(write(deploy, "app/New.java").path("isError").asBoolean()).isFalse();
            assertThat(StdioClient.rule(write(deploy, "app/Other.java"))).isEqualTo("lane.outside");
            assertThat(Files.readString(shop.project().root().resolve("app/New.java")))
                    .isEqualTo("class New {}");
            deploy.call("begin_shift", "request", "Ship it");
        }
    }

    private static JsonNode write(StdioClient client, String path) throws Exception {
        return client.call("write_file", "path", path, "content", "class New {}");
    }

    @Test
    void exactlyTheDangerousBytesThatAPersonSawAreWrittenOnce() throws Exception {
        try (var shop = ApprovedShop.in(folder, APPROVALS)) {
            Files.createDirectories(shop.project().root().resolve(".github/workflows"));
            shop.project().write(".github/workflows/ci.yml", "on: push\n");
            shop.project().commit("v1.0.2");
            try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
                deploy.call("begin_shift", "request", "Ship it");
                deploy.call("list_dir", "path", ".github/workflows");
                JsonNode refused = workflow(deploy, "new.yml", DANGEROUS);
                assertThat(StdioClient.rule(refused))
                        .as("%s", refused)
                        .isEqualTo("content.dangerous");
                String id = id(refused);
                assertThat(shop.ask("card", id).toString()).contains("write-all");
                decide(shop, id, "approve");
                assertThat(StdioClient.rule(workflow(deploy, "new.yml", DANGEROUS + "# more\n")))
                        .isEqualTo("content.dangerous");
                assertThat(StdioClient.rule(workflow(deploy, "other.yml", DANGEROUS)))
                        .isEqualTo("content.dangerous");
                assertThat(workflow(deploy, "new.yml", DANGEROUS).path("isError").asBoolean())
                        .isFalse();
                Files.delete(shop.project().root().resolve(".github/workflows/new.yml"));
                assertThat(StdioClient.rule(workflow(deploy, "new.yml", DANGEROUS)))
                        .isEqualTo("content.dangerous");
            }
        }
    }

    private static JsonNode workflow(StdioClient client, String name, String text)
            throws Exception {
        return client.call("write_file", "path", ".github/workflows/" + name, "content", text);
    }

    @Test
    void whatTheCharterLeavesOutGoesToProductionOnlyWhereAPersonSaysSo() throws Exception {
        SoftKey stranger = SoftKey.of(SoftKey.Type.SK_ECDSA);
        try (var shop = ApprovedShop.in(folder, APPROVALS, stranger.line("berta"))) {
            shop.project()
                    .write(
                            "CHARTER.md",
                            "# Charter\n\n## In scope\n\n- A shop page\n\n## Out of scope\n\n"
                                    + "- Payments by credit card\n");
            shop.project().commit("v1.0.2");
            for (String persona : new String[] {"test", "security"}) {
                try (var client = StdioClient.start(shop.project(), "--persona", persona)) {
                    client.follow("Please " + persona);
                }
            }
            try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
                JsonNode begun =
                        deploy.call("begin_shift", "request", "Add payments by credit card");
                assertThat(begun.toString()).contains("scope_creep");
                deploy.call("read_plan");
                deploy.call("view_file", "path", "skills/deploy-toolkit/SKILL.md");
                deploy.call("view_file", "path", "HANDOFF_NOTES.md");
                JsonNode staging =
                        deploy.call("plan_deploy", "environment", "staging", "version", "1.0.2");
                deploy.call(
                        "deploy",
                        "plan",
                        staging.path("structuredContent").path("plan").asString());
                JsonNode creep =
                        deploy.call("plan_deploy", "environment", "production", "version", "1.0.2");
                assertThat(StdioClient.rule(creep))
                        .as("%s", creep)
                        .isEqualTo("hallucination.scope-creep");
                decide(shop, id(creep), "approve");
                JsonNode planned =
                        deploy.call("plan_deploy", "environment", "production", "version", "1.0.2");
                assertThat(planned.path("structuredContent").path("plan").asString())
                        .as("%s", planned)
                        .startsWith("p_");
                whatComesUpLaterIsAskedAsWell(shop, deploy);
            }
        }
    }

    private static void whatComesUpLaterIsAskedAsWell(ApprovedShop shop, StdioClient deploy)
            throws Exception {
        JsonNode more = deploy.call("check_scope", "request", "Payments by credit card in euros");
        assertThat(more.path("structuredContent").path("verdict").asString())
                .isEqualTo("scope_creep");
        JsonNode again =
                deploy.call("plan_deploy", "environment", "production", "version", "1.0.2");
        assertThat(StdioClient.rule(again))
                .as("what came up later is asked as well: %s", again)
                .isEqualTo("hallucination.scope-creep");
        assertThat(again.toString()).contains("in euros", "shipped-staging");
        decide(shop, id(again), "approve");
        assertThat(
                        deploy.call("plan_deploy", "environment", "production", "version", "1.0.2")
                                .path("structuredContent")
                                .path("plan")
                                .asString())
                .startsWith("p_");
    }
}
