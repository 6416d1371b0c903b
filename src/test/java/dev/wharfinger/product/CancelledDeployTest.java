package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.journal.JournalReader;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A client that no longer waits for its deployment: past the switch it goes on all the same. */
class CancelledDeployTest {
    @TempDir Path folder;
    private VersionedShop shop;

    @AfterEach
    void stop() {
        shop.project().stop();
    }

    /** A version that is proved, for a staging that watches it for six seconds. */
    @BeforeEach
    void makeAShop() throws Exception {
        shop = VersionedShop.in(folder);
        String rules = shop.project().read("wharf.yaml");
        shop.project().write("wharf.yaml", rules.replace("  staging:", "  staging:\n    soak: 6s"));
        assertThat(shop.wharf("trust", "--yes")).isZero();
        shop.release("1.1.0");
        for (String persona : List.of("test", "security")) {
            try (var client = StdioClient.start(shop.project(), "--persona", persona)) {
                client.follow("Please " + persona);
            }
        }
    }

    /** A shift over HTTP up to the plan; the plan's id. */
    private static String planned(ServedShop served, String token, String version)
            throws Exception {
        served.call(token, "begin_shift", Map.of("request", "Ship it"));
        served.call(token, "read_plan", Map.of());
        served.call(token, "view_file", Map.of("path", "skills/deploy-toolkit/SKILL.md"));
        served.call(token, "view_file", Map.of("path", "HANDOFF_NOTES.md"));
        JsonNode plan =
                served.call(
                        token, "plan_deploy", Map.of("environment", "staging", "version", version));
        String id = plan.at("/structuredContent/plan").asString("");
        assertThat(id).as("%s", plan).isNotEmpty();
        return id;
    }

    /** Sends the call and goes when users see the new version: its answer is never read. */
    private void deployAndLeave(ServedShop served, String token, String plan, String version)
            throws Exception {
        String body =
                """
                {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"deploy",\
                "arguments":{"plan":"%s"},"_meta":{\
                "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientCapabilities":{}}}}\
                """
                        .formatted(plan);
        String head =
                String.join(
                        "\r\n",
                        "POST /mcp HTTP/1.1",
                        "Host: 127.0.0.1:" + served.mcp().getPort(),
                        "Content-Type: application/json",
                        "Accept: application/json, text/event-stream",
                        "MCP-Protocol-Version: 2026-07-28",
                        "Mcp-Method: tools/call",
                        "Mcp-Name: deploy",
                        "Authorization: Bearer " + token,
                        "Content-Length: " + body.length(),
                        "",
                        "");
        try (var socket = new Socket("127.0.0.1", served.mcp().getPort())) {
            socket.getOutputStream().write((head + body).getBytes(UTF_8));
            awaitPage("Welcome " + version);
        }
    }

    private void awaitPage(String expected) throws Exception {
        for (int i = 0; i < 300; i++) {
            try {
                if (shop.page().equals(expected)) {
                    return;
                }
            } catch (IOException notYet) {
                // the old service has gone, the new one is not there
            }
            Thread.sleep(50);
        }
        throw new AssertionError("users never see " + expected);
    }

    /** Asks by the plan's id until it is known how it ended. */
    private static JsonNode end(ServedShop served, String token, String plan) throws Exception {
        for (int i = 0; i < 60; i++) {
            JsonNode answer =
                    served.call(token, "deploy", Map.of("plan", plan)).path("structuredContent");
            if (!List.of("running", "soaking").contains(answer.path("state").asString(""))) {
                return answer;
            }
            Thread.sleep(200);
        }
        throw new AssertionError("the deployment does not end");
    }

    private long entries(String type) throws IOException {
        var found = new AtomicLong();
        JournalReader.open(shop.project().state())
                .walk(entry -> {
                    if (entry.line().contains("\"type\":\"" + type + "\"")) {
                        found.incrementAndGet();
                    }
                });
        return found.get();
    }

    private static JsonNode task(ServedShop served, String token, String method, String id)
            throws Exception {
        ObjectNode params = StdioClient.JSON.createObjectNode().put("taskId", id);
        return ServedShop.result(
                served.send(token, method, id, params, LongCallTest.tasks()).body());
    }

    @Test
    void aDeploymentGoesOnPastItsSwitchAndIsFoundByItsPlan() throws Exception {
        String token = ServeTest.create(shop.project(), "--persona", "deploy", "--for", "dora");
        try (var served = ServedShop.start(shop.project())) {
            String plan = planned(served, token, "1.1.0");
            deployAndLeave(served, token, plan, "1.1.0");
            assertThat(entries("deploy.finished")).as("it was left before its end").isZero();
            JsonNode ended = end(served, token, plan);
            assertThat(ended.path("state").asString()).as("%s", ended).isEqualTo("done");
            assertThat(entries("deploy.started")).as("one effect").isEqualTo(1);
            assertThat(shop.page()).isEqualTo("Welcome 1.1.0");
        }
    }

    @Test
    void aTaskIsCancelledAndItsDeploymentGoesOn() throws Exception {
        String token = ServeTest.create(shop.project(), "--persona", "deploy", "--for", "dora");
        try (var served = ServedShop.start(shop.project())) {
            String plan = planned(served, token, "1.1.0");
            ObjectNode params = StdioClient.JSON.createObjectNode().put("name", "deploy");
            params.putObject("arguments").put("plan", plan);
            JsonNode begun =
                    ServedShop.result(
                            served.send(token, "tools/call", "deploy", params, LongCallTest.tasks())
                                    .body());
            String id = begun.path("taskId").asString("");
            assertThat(id).as("%s", begun).isNotEmpty();
            awaitPage("Welcome 1.1.0");
            task(served, token, "tasks/cancel", id);
            JsonNode standing = task(served, token, "tasks/get", id);
            for (int i = 0;
                    i < 100 && standing.path("status").asString("").equals("working");
                    i++) {
                Thread.sleep(100);
                standing = task(served, token, "tasks/get", id);
            }
            assertThat(standing.path("status").asString("")).isEqualTo("cancelled");
            assertThat(entries("deploy.finished")).as("and its deployment goes on").isZero();
            assertThat(end(served, token, plan).path("state").asString("")).isEqualTo("done");
            assertThat(entries("deploy.started")).as("one effect").isEqualTo(1);
        }
    }
}
