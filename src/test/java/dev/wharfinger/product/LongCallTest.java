package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.util.Map;

/** A proof that takes longer than a client waits: a task where the client takes tasks. */
class LongCallTest {
    private static final String SLOW =
            """
            #!/bin/sh
            sleep ${SLOW:-4}
            mkdir -p out
            echo '<testsuite name="s" tests="1"><testcase name="a" classname="S"/></testsuite>' > out/t.xml
            """;

    @TempDir Path folder;

    static ObjectNode tasks() {
        ObjectNode capabilities = StdioClient.JSON.createObjectNode();
        capabilities.putObject("extensions").putObject("io.modelcontextprotocol/tasks");
        return capabilities;
    }

    private static JsonNode proof(ServedShop served, String token, ObjectNode capabilities)
            throws Exception {
        ObjectNode params = StdioClient.JSON.createObjectNode().put("name", "record_proof");
        params.putObject("arguments").put("gate", "test");
        return ServedShop.result(
                served.send(token, "tools/call", "record_proof", params, capabilities).body());
    }

    private static JsonNode on(ServedShop served, String token, String method, String task)
            throws Exception {
        ObjectNode params = StdioClient.JSON.createObjectNode().put("taskId", task);
        return ServedShop.result(served.send(token, method, task, params, tasks()).body());
    }

    private static JsonNode ended(ServedShop served, String token, String task) throws Exception {
        for (int i = 0; i < 300; i++) {
            JsonNode standing = on(served, token, "tasks/get", task);
            if (!standing.path("status").asString("").equals("working")) {
                return standing;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the task does not end");
    }

    @Test
    void aProofGoesOnAfterItsAnswerAndIsFoundByItsId() throws Exception {
        VersionedShop shop = VersionedShop.in(folder);
        shop.project().write("prove.sh", SLOW);
        shop.release("1.1.0");
        String test = ServeTest.create(shop.project(), "--persona", "test", "--for", "tina");
        String other = ServeTest.create(shop.project(), "--persona", "test", "--for", "tom");
        try (var served = ServedShop.start(shop.project())) {
            served.call(test, "begin_shift", Map.of("request", "Please test"));
            served.call(test, "read_plan", Map.of());
            served.call(test, "view_file", Map.of("path", "skills/test-toolkit/SKILL.md"));
            served.call(test, "view_file", Map.of("path", "HANDOFF_NOTES.md"));

            JsonNode begun = proof(served, test, tasks());
            assertThat(begun.path("resultType").asString("")).as("%s", begun).isEqualTo("task");
            String task = begun.path("taskId").asString();
            assertThat(on(served, other, "tasks/get", task).has("status")).as("his?").isFalse();
            JsonNode ended = ended(served, test, task);
            assertThat(ended.path("status").asString()).isEqualTo("completed");
            assertThat(ended.at("/result/structuredContent/passed").asBoolean(false))
                    .as("%s", ended)
                    .isTrue();

            String unwanted = proof(served, test, tasks()).path("taskId").asString();
            on(served, test, "tasks/cancel", unwanted);
            assertThat(ended(served, test, unwanted).path("status").asString())
                    .isEqualTo("cancelled");

            JsonNode patient = proof(served, test, StdioClient.JSON.createObjectNode());
            assertThat(patient.path("resultType").asString()).isEqualTo("complete");
            assertThat(patient.at("/structuredContent/passed").asBoolean(false)).isTrue();
        } finally {
            shop.project().stop();
        }
    }
}
