package dev.wharfinger.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.mcp.JsonBytes;
import dev.wharfinger.mcp.Protocol;
import dev.wharfinger.mcp.RpcError;
import dev.wharfinger.mcp.StrictJson;
import dev.wharfinger.server.Admission;
import dev.wharfinger.server.Durability;
import dev.wharfinger.server.DurableAnswers;
import dev.wharfinger.server.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What the suite does not ask of tasks: whose they are, how long they live, how many there are. */
class TasksTest {
    private static final String TASKS = "{'extensions':{'io.modelcontextprotocol/tasks':{}}}";

    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-25T10:00:00Z"));
    private final HttpServer server =
            HttpServer.start(
                    HttpServer.Front.loopback(0),
                    new Protocol(new Fixtures(new byte[32]), random, now::get),
                    new DurableAnswers(Durability.none()),
                    headers -> new Admission.Decision.Admitted(headers.one("X-Who").orElse("anna")),
                    HttpServer.Limits.usual(),
                    random,
                    now::get);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    private JsonNode ask(String who, String capabilities, String method, String name, String params)
            throws Exception {
        ObjectNode message = Json.object().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        ObjectNode given = Json.object(params);
        given.putObject("_meta")
                .put("io.modelcontextprotocol/protocolVersion", "2026-07-28")
                .set("io.modelcontextprotocol/clientCapabilities", Json.object(capabilities));
        message.set("params", given);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/mcp"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .header("MCP-Protocol-Version", "2026-07-28")
                        .header("Mcp-Method", method)
                        .header("Mcp-Name", name)
                        .header("X-Who", who)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JsonBytes.of(message)))
                        .build();
        return StrictJson.read(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    }

    private String begin(String who, double seconds) throws Exception {
        JsonNode answer = slow(who, TASKS, seconds);
        assertThat(answer.at("/result/resultType").asString("")).as("%s", answer).isEqualTo("task");
        return answer.at("/result/taskId").asString();
    }

    private JsonNode slow(String who, String capabilities, double seconds) throws Exception {
        String call = "{'name':'slow_compute','arguments':{'seconds':" + seconds + ",'label':'x'}}";
        return ask(who, capabilities, "tools/call", "slow_compute", call);
    }

    private JsonNode on(String who, String method, String task) throws Exception {
        return ask(who, TASKS, method, task, "{'taskId':'" + task + "'}");
    }

    private JsonNode ended(String who, String task) throws Exception {
        for (int i = 0; i < 400; i++) {
            JsonNode standing = on(who, "tasks/get", task).path("result");
            if (!standing.path("status").asString("").equals("working")) {
                return standing;
            }
            Thread.sleep(25);
        }
        throw new AssertionError(task + " does not end");
    }

    @Test
    void aTaskIsItsOwnersAndNobodyElseLearnsThatItExists() throws Exception {
        String task = begin("anna", 30);
        JsonNode strangers = on("ben", "tasks/get", task);
        JsonNode unknown = on("ben", "tasks/get", "x".repeat(task.length()));
        assertThat(strangers.at("/error/code").asInt()).isEqualTo(RpcError.INVALID_PARAMS);
        assertThat(strangers.toString().replace(task, ""))
                .isEqualTo(unknown.toString().replace("x".repeat(task.length()), ""));
        assertThat(on("ben", "tasks/cancel", task).has("error")).isTrue();
        assertThat(on("anna", "tasks/get", task).at("/result/status").asString())
                .isEqualTo("working");
    }

    @Test
    void aCancelledTaskEndsSoAndCancellingItAgainChangesNothing() throws Exception {
        String task = begin("anna", 30);
        assertThat(on("anna", "tasks/cancel", task).path("result").has("taskId")).isFalse();
        JsonNode ended = ended("anna", task);
        assertThat(ended.path("status").asString()).isEqualTo("cancelled");
        assertThat(ended.has("result")).isFalse();
        assertThat(on("anna", "tasks/cancel", task).has("error")).isFalse();
        assertThat(ended("anna", task).path("status").asString()).isEqualTo("cancelled");
    }

    @Test
    void aTaskThatEndedBeforeItWasCancelledKeepsItsResult() throws Exception {
        String task = begin("anna", 0);
        assertThat(ended("anna", task).path("status").asString()).isEqualTo("completed");
        on("anna", "tasks/cancel", task);
        assertThat(ended("anna", task).at("/result/content/0/text").asString())
                .isEqualTo("Computed x");
    }

    @Test
    void aResultStaysForTheHourThatIsPromisedAndNoLonger() throws Exception {
        String task = begin("anna", 0);
        JsonNode standing = ended("anna", task);
        assertThat(standing.path("ttlMs").asLong()).isEqualTo(3_600_000);
        now.set(now.get().plus(Duration.ofHours(1)));
        assertThat(on("anna", "tasks/get", task).has("result")).isTrue();
        now.set(now.get().plus(Duration.ofMillis(1)));
        assertThat(on("anna", "tasks/get", task).at("/error/code").asInt())
                .isEqualTo(RpcError.INVALID_PARAMS);
    }

    @Test
    void whoeverRunsTooManyIsAnsweredWhenTheNextOneIsDone() throws Exception {
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            tasks.add(begin("anna", 30));
        }
        assertThat(slow("anna", TASKS, 0.1).at("/result/resultType").asString())
                .isEqualTo("complete");
        begin("ben", 30); // others have theirs
        on("anna", "tasks/cancel", tasks.getFirst());
        ended("anna", tasks.getFirst());
        begin("anna", 30);
    }

    @Test
    void whoDeclaresNothingIsAnsweredWhenItIsDoneAndAsksForNoTask() throws Exception {
        assertThat(slow("anna", "{}", 0.1).at("/result/content/0/text").asString())
                .isEqualTo("Computed x");
        String task = begin("anna", 30);
        JsonNode refused = ask("anna", "{}", "tasks/get", task, "{'taskId':'" + task + "'}");
        assertThat(refused.at("/error/code").asInt()).isEqualTo(RpcError.MISSING_CAPABILITY);
    }

    @Test
    void anErrorOfTheProtocolIsAFailedTask() throws Exception {
        JsonNode begun =
                ask(
                        "anna",
                        TASKS,
                        "tools/call",
                        "protocol_error_job",
                        "{'name':'protocol_error_job'}");
        JsonNode ended = ended("anna", begun.at("/result/taskId").asString());
        assertThat(ended.path("status").asString()).isEqualTo("failed");
        assertThat(ended.at("/error/code").asInt()).isEqualTo(RpcError.INVALID_PARAMS);
    }
}
