package dev.wharfinger.product;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real {@code wharf serve} process, and what clients say to it. */
final class ServedShop implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final URI mcp;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServedShop(Process process, BufferedReader out, URI mcp, String token) {
        this.process = process;
        this.out = out;
        this.mcp = mcp;
        this.token = token;
    }

    static ServedShop start(ShopProject project, String... options) throws IOException {
        return start(project, 0, ProcessBuilder.Redirect.INHERIT, options);
    }

    /** The same at that port, with what it says on stderr there. */
    static ServedShop start(
            ShopProject project, int port, ProcessBuilder.Redirect errors, String... options)
            throws IOException {
        var words =
                new ArrayList<>(
                        List.of(
                                "serve",
                                "--port",
                                Integer.toString(port),
                                "--root",
                                project.root().toString(),
                                "--state",
                                project.state().toString()));
        words.addAll(List.of(options));
        Process process = StdioClient.wharf(words).redirectError(errors).start();
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        URI mcp = null;
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("MCP ")) {
                mcp = URI.create(line.substring(4).strip());
            }
            if (line.startsWith("token ") && mcp != null) {
                String token = line.substring(6).strip().split(" ")[0];
                return new ServedShop(process, out, mcp, token);
            }
        }
        throw new IOException("the server did not start");
    }

    String token() {
        return token;
    }

    URI mcp() {
        return mcp;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(mcp.resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** A call of a modern client, which needs no session. */
    HttpResponse<String> send(String bearer, String tool, ObjectNode arguments)
            throws IOException, InterruptedException {
        ObjectNode params = StdioClient.JSON.createObjectNode().put("name", tool);
        params.set("arguments", arguments);
        return send(bearer, "tools/call", tool, params, StdioClient.JSON.createObjectNode());
    }

    /** Any request of a modern client that can do this. */
    HttpResponse<String> send(
            String bearer, String method, String name, ObjectNode params, ObjectNode capabilities)
            throws IOException, InterruptedException {
        ObjectNode message =
                StdioClient.JSON
                        .createObjectNode()
                        .put("jsonrpc", "2.0")
                        .put("id", 1)
                        .put("method", method);
        ObjectNode meta = params.putObject("_meta");
        meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
        meta.set("io.modelcontextprotocol/clientCapabilities", capabilities);
        meta.putObject("io.modelcontextprotocol/clientInfo").put("name", "t").put("version", "1");
        message.set("params", params);
        var request =
                HttpRequest.newBuilder(mcp)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .header("MCP-Protocol-Version", "2026-07-28")
                        .header("Mcp-Method", method)
                        .header("Mcp-Name", name)
                        .POST(HttpRequest.BodyPublishers.ofString(message.toString()));
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The result of a call, whether it came as JSON or as an event. */
    JsonNode call(String bearer, String tool, Map<String, String> arguments) throws Exception {
        ObjectNode node = StdioClient.JSON.createObjectNode();
        arguments.forEach(node::put);
        return call(bearer, tool, node);
    }

    JsonNode call(String bearer, String tool, ObjectNode arguments) throws Exception {
        return result(send(bearer, tool, arguments).body());
    }

    static JsonNode result(String body) throws IOException {
        for (String line : body.lines().toList()) {
            String json = line.startsWith("data:") ? line.substring(5).strip() : line;
            if (json.startsWith("{")) {
                JsonNode answer = StdioClient.JSON.readTree(json);
                if (answer.has("result") || answer.has("error")) {
                    return answer.path("result");
                }
            }
        }
        throw new IOException("no answer: " + body);
    }

    /** The status line that a raw request gets. */
    String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", mcp.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = in.readLine();
            return line == null ? "" : line;
        }
    }

    /** SIGTERM; true where it ended by itself. */
    boolean terminate() throws InterruptedException {
        process.toHandle().destroy(); // and what it has said can still be read
        return process.waitFor(60, TimeUnit.SECONDS);
    }

    /** What it has said on stdout since its token, once it has ended. */
    List<String> rest() throws IOException {
        return out.readAllLines();
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
