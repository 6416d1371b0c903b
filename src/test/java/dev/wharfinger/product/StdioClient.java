package dev.wharfinger.product;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A client of a real {@code wharf stdio} process; counts its calls and the size of their answers.
 */
final class StdioClient implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();
    private final Process process;
    private final BufferedReader answers;
    private final OutputPromises promises = new OutputPromises();
    private final List<JsonNode> notifications = new ArrayList<>();
    private int ids;
    private int calls;
    private long characters;

    private StdioClient(Process process) {
        this.process = process;
        var bytes = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
        this.answers = new BufferedReader(bytes);
    }

    static StdioClient start(ShopProject project, String... options) throws IOException {
        return greeted(stdio(project, options));
    }

    /** {@code wharf stdio} of this project, as a client starts it. */
    static ProcessBuilder stdio(ShopProject project, String... options) {
        var argv =
                Stream.concat(
                                Stream.of(
                                        "stdio",
                                        "--root",
                                        project.root().toString(),
                                        "--state",
                                        project.state().toString()),
                                Stream.of(options))
                        .toList();
        return wharf(argv);
    }

    /** The client of a process that is started so, after its greeting. */
    static StdioClient greeted(ProcessBuilder stdio) throws IOException {
        var client = new StdioClient(stdio.redirectError(ProcessBuilder.Redirect.DISCARD).start());
        ObjectNode hello = JSON.createObjectNode().put("protocolVersion", "2025-11-25");
        hello.putObject("capabilities");
        hello.putObject("clientInfo").put("name", "test").put("version", "1");
        client.request("initialize", hello);
        client.promises.read(client.request("tools/list", JSON.createObjectNode()));
        return client;
    }

    /** Runs {@code wharf} with these arguments to its end. */
    static int run(String... arguments) throws IOException, InterruptedException {
        return wharf(List.of(arguments)).inheritIO().start().waitFor();
    }

    /** {@code wharf} as its launcher starts it, but for the start-up cache. */
    static ProcessBuilder wharf(List<String> arguments) {
        String classes =
                classPath().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return wharf(classes, arguments);
    }

    /** What the tests run on. */
    static Stream<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath());
    }

    /** The same on another class path. */
    static ProcessBuilder wharf(String classes, List<String> arguments) {
        var argv =
                Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xms8m",
                                "-Xmn5m",
                                "-XX:+DisplayVMOutputToStderr",
                                "-cp",
                                classes,
                                "dev.wharfinger.Main"),
                        arguments.stream());
        return new ProcessBuilder(argv.toList());
    }

    JsonNode call(String tool, ObjectNode arguments) throws IOException {
        ObjectNode params = JSON.createObjectNode().put("name", tool);
        params.set("arguments", arguments);
        JsonNode result = request("tools/call", params).path("result");
        promises.check(tool, result);
        calls++;
        characters += result.toString().length();
        return result;
    }

    JsonNode call(String tool, String... pairs) throws IOException {
        ObjectNode arguments = JSON.createObjectNode();
        for (int i = 0; i < pairs.length; i += 2) {
            arguments.put(pairs[i], pairs[i + 1]);
        }
        return call(tool, arguments);
    }

    JsonNode request(String method, ObjectNode params) throws IOException {
        int id = ++ids;
        ObjectNode message =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", id).put("method", method);
        message.set("params", params);
        process.getOutputStream()
                .write((JSON.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            JsonNode answer = JSON.readTree(line); // whatever is no JSON on stdout fails here
            if (answer.path("id").asInt(-1) == id) {
                return answer;
            }
            notifications.add(answer);
        }
        throw new IOException("the server ended");
    }

    /** A request about one resource. */
    JsonNode resource(String method, String uri) throws IOException {
        return request(method, JSON.createObjectNode().put("uri", uri)).path("result");
    }

    /** Whether the server tells this of a resource within ten seconds, or has told it. */
    boolean notified(String method, String uri) throws IOException, InterruptedException {
        for (int tries = 0; tries < 100; tries++) {
            request("ping", JSON.createObjectNode()); // reads what came before its answer
            if (notifications.stream()
                    .anyMatch(one ->
                            one.path("method").asString("").equals(method)
                                    && one.at("/params/uri").asString("").equals(uri))) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    /** Begins a shift and sends only {@code next[0]}, until nothing is next or a human must act. */
    JsonNode follow(String request) throws IOException {
        JsonNode result = call("begin_shift", "request", request);
        while (calls < 40) {
            JsonNode refused = result.path("structuredContent").path("refused").path(0);
            JsonNode next =
                    (refused.isMissingNode() ? result.path("structuredContent") : refused)
                            .path("next")
                            .path(0);
            if (next.isMissingNode()) {
                return result;
            }
            result = call(next.path("tool").asString(), (ObjectNode) next.path("arguments"));
        }
        return result;
    }

    static String rule(JsonNode result) {
        return result.path("structuredContent").path("refused").path(0).path("rule").asString("");
    }

    int calls() {
        return calls;
    }

    /** The size of all answers, as tokens are counted: characters by 3.6. */
    double tokens() {
        return characters / 3.6;
    }

    /** The most memory that the process has had, as the kernel says it. */
    String memory() throws IOException {
        return java.nio.file.Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))
                .stream()
                .filter(line -> line.startsWith("VmHWM"))
                .map(line -> line.substring(6).strip())
                .findFirst()
                .orElse("unknown");
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

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
