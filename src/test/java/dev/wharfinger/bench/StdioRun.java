package dev.wharfinger.bench;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One MCP server as a process of its own, spoken to over stdio as a client of 2025-11-25 does. */
final class StdioRun implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private final List<String> command;
    private final Process process;
    private final BufferedReader answers;
    private int ids;

    StdioRun(List<String> command) throws IOException {
        this.command = command;
        this.process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        this.answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    void initialize() throws IOException {
        ObjectNode hello = JSON.createObjectNode().put("protocolVersion", "2025-11-25");
        hello.putObject("capabilities");
        hello.putObject("clientInfo").put("name", "bench").put("version", "1");
        request("initialize", hello);
        send(message("notifications/initialized"));
    }

    JsonNode request(String method, ObjectNode params) throws IOException {
        int id = ++ids;
        ObjectNode request = message(method).put("id", id);
        request.set("params", params);
        send(request);
        while (true) {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException(String.join(" ", command) + " ended without an answer");
            }
            JsonNode answer = JSON.readTree(line);
            if (answer.path("id").asInt(-1) == id) {
                return answer;
            }
        }
    }

    JsonNode call(String tool, JsonNode arguments) throws IOException {
        ObjectNode params = JSON.createObjectNode().put("name", tool);
        params.set("arguments", arguments);
        return request("tools/call", params);
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** The most memory that the process had at once, in MiB; -1 where there is no /proc. */
    double peakMiB() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }

    private static ObjectNode message(String method) {
        return JSON.createObjectNode().put("jsonrpc", "2.0").put("method", method);
    }

    private void send(ObjectNode message) throws IOException {
        process.getOutputStream().write((message + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
