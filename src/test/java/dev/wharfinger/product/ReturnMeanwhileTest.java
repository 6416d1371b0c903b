package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.journal.JournalReader;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The way back while a deployment soaks, or waits for a person: it waits for neither. */
class ReturnMeanwhileTest {
    @TempDir Path folder;
    private VersionedShop shop;

    @BeforeEach
    void oneVersionHasRun() throws Exception {
        shop = VersionedShop.in(folder);
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            ReturnRounds.ship(shop, deploy, "1.1.0");
        }
    }

    @AfterEach
    void stop() {
        shop.project().stop();
    }

    private void accept(String after, String more) throws Exception {
        Path rules = shop.project().root().resolve("wharf.yaml");
        String text = Files.readString(rules);
        assertThat(text).contains(after);
        Files.writeString(rules, text.replaceFirst(after, after + more));
        assertThat(shop.wharf("trust", "--yes")).isZero();
    }

    private static String state(JsonNode result) {
        return result.path("structuredContent").path("state").asString();
    }

    /** Follows what is next until the shift ends; its handoff. */
    private static JsonNode end(StdioClient deploy, JsonNode from) throws Exception {
        JsonNode answer = from;
        for (int i = 0; i < 12; i++) {
            JsonNode refused = answer.path("structuredContent").path("refused").path(0);
            JsonNode next =
                    (refused.isMissingNode() ? answer.path("structuredContent") : refused)
                            .path("next")
                            .path(0);
            if (next.isMissingNode()) {
                break;
            }
            answer = deploy.call(next.path("tool").asString(), (ObjectNode) next.path("arguments"));
        }
        return answer.path("structuredContent");
    }

    private void soaking(StdioClient deploy, String plan) throws Exception {
        JsonNode answer = deploy.call("deploy", "plan", plan);
        for (int i = 0; i < 100 && state(answer).equals("running"); i++) {
            Thread.sleep(100);
            answer = deploy.call("deploy", "plan", plan);
        }
        assertThat(state(answer)).as("%s", answer).isEqualTo("soaking");
        assertThat(shop.page()).isEqualTo("Welcome 1.2.0");
    }

    @Test
    void aPersonTakesBackWhatSoaks() throws Exception {
        accept("  staging:", "\n    soak: 120s");
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            String plan = ReturnRounds.plan(shop, deploy, "1.2.0");
            soaking(deploy, plan);
            assertThat(shop.wharf("rollback", "staging", "--reason", "errors everywhere")).isZero();
            assertThat(shop.page()).isEqualTo("Welcome 1.1.0");
            JsonNode answer = deploy.call("deploy", "plan", plan);
            for (int i = 0; i < 100 && List.of("running", "soaking").contains(state(answer)); i++) {
                Thread.sleep(100);
                answer = deploy.call("deploy", "plan", plan);
            }
            System.out.println(answer.path("content").path(0).path("text").asString());
            assertThat(state(answer)).as("%s", answer).isEqualTo("rolled_back");
            JsonNode handoff = end(deploy, answer);
            assertThat(handoff.path("outcome").asString())
                    .as("%s", handoff)
                    .isEqualTo("rollback-active");
        }
        assertThat(shop.page()).as("nothing carries it forward again").isEqualTo("Welcome 1.1.0");
        assertThat(JournalReader.open(shop.project().state()).verify().isVerified()).isTrue();
    }

    @Test
    void theAgentTakesBackWhatSoaks() throws Exception {
        accept("  staging:", "\n    soak: 120s");
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            soaking(deploy, ReturnRounds.plan(shop, deploy, "1.2.0"));
            JsonNode back =
                    deploy.call(
                            "rollback", "environment", "staging", "reason", "errors everywhere");
            assertThat(state(back)).as("%s", back).isEqualTo("rolled_back");
            assertThat(shop.page()).isEqualTo("Welcome 1.1.0");
            JsonNode handoff = end(deploy, back);
            assertThat(handoff.path("outcome").asString())
                    .as("%s", handoff)
                    .isEqualTo("rollback-active");
        }
        assertThat(shop.page()).isEqualTo("Welcome 1.1.0");
        assertThat(JournalReader.open(shop.project().state()).verify().isVerified()).isTrue();
    }

    @Test
    void aPlanThatWaitsForAPersonKeepsNobodyFromGoingBack() throws Exception {
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            ReturnRounds.ship(shop, deploy, "1.2.0");
        }
        Files.writeString(
                shop.project().state().resolve("approvers"),
                dev.wharfinger.approval.SoftKey.of(dev.wharfinger.approval.SoftKey.Type.SK_ED25519)
                                .line("anna")
                        + "\n");
        accept("  staging:", "\n    approvals: { count: 1, presence: required, expire: 1h }");
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            String plan = ReturnRounds.plan(shop, deploy, "1.3.0");
            assertThat(state(deploy.call("deploy", "plan", plan)))
                    .isEqualTo("waiting_for_approval");
            JsonNode back =
                    deploy.call(
                            "rollback", "environment", "staging", "reason", "errors everywhere");
            assertThat(state(back)).as("%s", back).isEqualTo("rolled_back");
            assertThat(shop.page()).isEqualTo("Welcome 1.1.0");
            JsonNode late = deploy.call("deploy", "plan", plan);
            assertThat(StdioClient.rule(late))
                    .as("what people were asked about is no more: %s", late)
                    .isEqualTo("deploy.drifted");
        }
    }
}
