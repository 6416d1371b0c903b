package dev.wharfinger.cli;

import dev.wharfinger.command.PipedProgram;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An MCP client as an agent's host has one: starts {@code wharf stdio} and talks to it over pipes.
 */
final class DemoClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private final PipedProgram program;
    private final BufferedReader answers;
    private int ids;

    private DemoClient(PipedProgram program) {
        this.program = program;
        this.answers =
                new BufferedReader(
                        new InputStreamReader(program.fromProgram(), StandardCharsets.UTF_8));
    }

    /** Starts a server for this persona and shakes hands with it. */
    static DemoClient start(DemoProject project, String persona) throws IOException {
        var argv = new ArrayList<>(launcher());
        argv.addAll(List.of("stdio", "--root", project.root().toString()));
        argv.addAll(List.of("--state", project.state().toString(), "--persona", persona));
        Path errors = project.folder().resolve("stdio-" + persona + ".log");
        return start(argv, project.root(), errors);
    }

    /** Starts this server and shakes hands with it. */
    static DemoClient start(List<String> argv, Path folder, Path errors) throws IOException {
        var client = new DemoClient(PipedProgram.start(argv, folder, errors));
        ObjectNode hello = JSON.createObjectNode().put("protocolVersion", "2025-11-25");
        hello.putObject("capabilities");
        hello.putObject("clientInfo").put("name", "demo").put("version", "1");
        client.request("initialize", hello);
        client.send(
                JSON.createObjectNode()
                        .put("jsonrpc", "2.0")
                        .put("method", "notifications/initialized"));
        return client;
    }

    /** The launcher that started us where there is one, else this very JVM and class path. */
    static List<String> launcher() {
        String home = System.getProperty("wharf.home");
        if (home != null) {
            return List.of(Path.of(home, "wharf").toString());
        }
        return program(classPath());
    }

    /** This very JVM on that class path. */
    static List<String> program(String classPath) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "dev.wharfinger.Main");
    }

    /** Absolute: the server runs in another folder. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Calls a tool; the result as the host would hand it to the model. */
    JsonNode call(String tool, ObjectNode arguments) throws IOException {
        ObjectNode params = JSON.createObjectNode().put("name", tool);
        params.set("arguments", arguments);
        return request("tools/call", params);
    }

    private JsonNode request(String method, ObjectNode params) throws IOException {
        int id = ++ids;
        ObjectNode message =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", id).put("method", method);
        message.set("params", params);
        send(message);
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            JsonNode answer = JSON.readTree(line);
            if (answer.path("id").asInt(-1) == id) {
                return answer.has("error") ? answer : answer.path("result");
            }
        }
        throw new IOException("the server ended before it answered " + method);
    }

    private void send(ObjectNode message) throws IOException {
        program.toProgram()
                .write((JSON.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
        program.toProgram().flush();
    }

    @Override
    public void close() throws IOException {
        try {
            program.end(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            program.close();
        }
    }
}
