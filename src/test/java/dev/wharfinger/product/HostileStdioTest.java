package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.journal.JournalReader;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Whatever comes in, a real {@code wharf stdio} says nothing but JSON-RPC, and ends at its end. */
class HostileStdioTest {
    private static final String MODERN =
            "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    @TempDir Path folder;
    private ShopProject project;
    private Path root = Path.of("/");
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @BeforeEach
    void makeTheProject() throws IOException {
        project = ShopProject.in(folder);
        root = project.root();
    }

    private void send(String line) {
        sent.writeBytes((line + "\n").getBytes(UTF_8));
    }

    private void ping(String id) {
        send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}");
    }

    private void ask(int id, String method, String params) {
        send(
                "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":{%s}}"
                        .formatted(id, method, params));
    }

    /** All that the server says until it ends by itself; each line is one JSON-RPC message. */
    private List<JsonNode> answers() throws Exception {
        Path complaints = folder.resolve("stderr");
        Process process =
                StdioClient.wharf(
                                List.of(
                                        "stdio",
                                        "--root",
                                        root.toString(),
                                        "--state",
                                        project.state().toString()))
                        .redirectError(complaints.toFile())
                        .start();
        var out = new ByteArrayOutputStream();
        Thread reader = Thread.startVirtualThread(() -> copy(process, out));
        try (var in = process.getOutputStream()) {
            in.write(sent.toByteArray());
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends with its input").isTrue();
        assertThat(process.exitValue()).isZero();
        reader.join();
        assertThat(complaints).as("it leaves in peace").isEmptyFile();
        var answers = new ArrayList<JsonNode>();
        for (String line : out.toString(UTF_8).lines().toList()) {
            JsonNode answer = StdioClient.JSON.readTree(line);
            assertThat(answer.path("jsonrpc").asString("")).as(line).isEqualTo("2.0");
            answers.add(answer);
        }
        return answers;
    }

    private static void copy(Process process, ByteArrayOutputStream out) {
        try {
            process.getInputStream().transferTo(out);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Integer> codes(List<JsonNode> answers) {
        return answers.stream().map(a -> a.path("error").path("code").asInt(0)).toList();
    }

    @Test
    void brokenLinesAreAnsweredAndTheNextOnesStillCount() throws Exception {
        send("{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}");
        send("\uFEFF{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}");
        sent.writeBytes("{\"id\":4,\"x\":\"\u00c0\u00af\"}\n".getBytes(ISO_8859_1));
        send("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\",\"x\":\"\\ud800\"}");
        send("{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"ping\"} {}");
        send("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"pi\u0000ng\"}");
        send("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        send("{\"a\":" + "9".repeat(1_000_000) + "}");
        send("{\"a\":\"" + "x".repeat(9 << 20) + "\"}");
        ping("8");
        sent.writeBytes("{\"jsonrpc\":\"2.0\",\"id\":9,\"meth".getBytes(UTF_8));

        List<JsonNode> answers = answers();
        assertThat(codes(answers))
                .containsExactly(
                        -32700, -32700, -32700, -32700, -32700, -32700, -32700, -32700, -32700, 0,
                        -32700);
        assertThat(answers.get(9).path("id").asInt()).isEqualTo(8);
        assertThat(answers.get(0).has("id")).as("an unreadable id is left out").isFalse();
    }

    @Test
    void aClientThatLeavesAtOnceLeavesAWholeJournal() throws Exception {
        for (int visit = 1; visit <= 3; visit++) {
            sent.reset();
            ping("1");
            assertThat(codes(answers())).containsExactly(0);
        }
        var lines = new ArrayList<String>();
        assertThat(
                        JournalReader.open(project.state())
                                .walk(entry -> lines.add(entry.line()))
                                .isVerified())
                .isTrue();
        assertThat(lines.stream().filter(line -> line.contains("keeper.started")))
                .as("whoever kept the journal is in it")
                .hasSize(3);
    }

    @Test
    void idsComeBackAsTheyWereWritten() throws Exception {
        for (String id : new String[] {"9007199254740993", "\"a\"", "null", "1.5", "1e3", "-1"}) {
            ping(id);
        }
        assertThat(answers())
                .extracting(answer -> answer.path("id").toString())
                .containsExactly("9007199254740993", "\"a\"", "", "", "", "-1");
    }

    @Test
    void eachMessageIsOfItsOwnEra() throws Exception {
        ask(1, "ping", MODERN);
        ask(2, "resources/read", "\"uri\":\"ledger://NONE.md\"," + MODERN);
        ask(3, "resources/read", "\"uri\":\"ledger://NONE.md\"");
        ask(4, "prompts/list", MODERN);
        ask(5, "prompts/list", "");
        ask(6, "initialize", "\"protocolVersion\":\"2025-06-18\",\"capabilities\":{}");
        List<JsonNode> answers = answers();
        assertThat(codes(answers)).containsExactly(-32601, -32602, -32002, 0, 0, 0);
        assertThat(answers.get(3).path("result").has("resultType")).isTrue();
        assertThat(answers.get(4).path("result").has("resultType")).isFalse();
        assertThat(answers.get(1).path("error").path("data").path("uri").asString())
                .isEqualTo("ledger://NONE.md");
    }

    @Test
    void promptsResourcesAndTheirCompletionsNameOnlyWhatIsThere() throws Exception {
        ask(1, "prompts/get", "\"name\":\"deploy\",\"arguments\":{\"version\":\"1.0.0\"}");
        ask(2, "prompts/get", "\"name\":\"test\"");
        complete(3, "\"type\":\"ref/prompt\",\"name\":\"deploy\"", "environment");
        complete(4, "\"type\":\"ref/prompt\",\"name\":\"deploy\"", "version");
        complete(5, "\"type\":\"ref/resource\",\"uri\":\"ledger://{path}\"", "path");
        complete(6, "\"type\":\"ref/prompt\",\"name\":\"nobody\"", "version");
        complete(7, "\"type\":\"ref/resource\",\"uri\":\"file://{path}\"", "path");
        complete(8, "\"type\":\"ref/thing\",\"name\":\"deploy\"", "version");
        ask(9, "resources/read", "\"uri\":\"ledger://../state/journal.key\"");
        ask(10, "prompts/list", "\"cursor\":\"2\"");
        List<JsonNode> answers = answers();
        assertThat(codes(answers))
                .containsExactly(0, -32602, 0, 0, 0, -32602, -32602, -32602, -32002, -32602);
        assertThat(answers.get(2).at("/result/completion/values").toString())
                .contains("staging", "production");
        assertThat(answers.get(3).at("/result/completion/values").toString()).contains("1.0.0");
        assertThat(answers.get(4).at("/result/completion/values").toString()).contains("PLAN.md");
    }

    @Test
    void aFolderMayHaveBlanksUmlautsAndEmojiInItsName() throws Exception {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "no such names here");
        project.write("wharf.yaml", project.read("wharf.yaml").replace("project: shop\n", ""));
        root = Files.move(project.root(), folder.resolve("größe + 🚢"));
        ask(1, "tools/call", "\"name\":\"list_dir\",\"arguments\":{\"path\":\".\"}");
        assertThat(answers().getFirst().toString()).contains("PLAN.md");
    }

    private void complete(int id, String reference, String argument) {
        ask(
                id,
                "completion/complete",
                "\"ref\":{%s},\"argument\":{\"name\":\"%s\",\"value\":\"\"}"
                        .formatted(reference, argument));
    }
}
