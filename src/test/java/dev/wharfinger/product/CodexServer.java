package dev.wharfinger.product;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real {@code codex app-server}: what Codex's own editors drive, with its own MCP client in it.
 */
final class CodexServer implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final String thread;
    private String startup = "";
    private int ids;

    private CodexServer(Process process, BufferedReader answers, ClientHouse house)
            throws IOException {
        this.process = process;
        this.answers = answers;
        ObjectNode hello = node();
        hello.putObject("clientInfo").put("name", "test").put("version", "1");
        request("initialize", hello);
        send(node().put("method", "initialized"));
        ObjectNode place = node().put("cwd", house.shop().root().toString());
        this.thread = request("thread/start", place).path("thread").path("id").asString();
    }

    static CodexServer start(ClientHouse house, String codex, Map<String, String> more)
            throws IOException {
        Process process =
                house.program(more, List.of(codex, "app-server"))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var bytes = new InputStreamReader(process.getInputStream(), UTF_8);
        return new CodexServer(process, new BufferedReader(bytes), house);
    }

    private static ObjectNode node() {
        return StdioClient.JSON.createObjectNode();
    }

    /** Waits until our server is ready in this thread, or has failed; the state's own word. */
    String startup() throws IOException {
        while (!startup.equals("ready") && !startup.equals("failed")) {
            read();
        }
        return startup;
    }

    /** What it knows of its servers, tools included. */
    JsonNode status() throws IOException {
        return request(
                        "mcpServerStatus/list",
                        node().put("threadId", thread).put("serverName", "wharfinger"))
                .path("data");
    }

    JsonNode call(String tool, ObjectNode arguments) throws IOException {
        ObjectNode params =
                node().put("threadId", thread).put("server", "wharfinger").put("tool", tool);
        params.set("arguments", arguments);
        return request("mcpServer/tool/call", params);
    }

    private JsonNode request(String method, ObjectNode params) throws IOException {
        int id = ++ids;
        ObjectNode message = node().put("id", id).put("method", method);
        message.set("params", params);
        send(message);
        while (true) {
            JsonNode answer = read();
            if (answer.path("id").asInt(-1) == id) {
                if (answer.has("error")) {
                    throw new IOException(method + ": " + answer.path("error"));
                }
                return answer.path("result");
            }
        }
    }

    private JsonNode read() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("codex ended");
        }
        JsonNode said = StdioClient.JSON.readTree(line);
        if (said.path("method").asString("").equals("mcpServer/startupStatus/updated")) {
            startup = said.path("params").path("status").asString();
        }
        return said;
    }

    private void send(ObjectNode message) throws IOException {
        process.getOutputStream()
                .write((StdioClient.JSON.writeValueAsString(message) + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** Ends with its input, and so does the server that it started; what that deployed lives on. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
