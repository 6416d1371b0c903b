package dev.wharfinger.product;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A model that answers over Gemini's API as {@link ScriptedModel} does over Anthropic's. Its client
 * shows it the text of an answer and not the structure.
 */
final class GeminiModel implements AutoCloseable {
    private static final String PREFIX = "mcp_wharfinger_";
    private static final int MOST_CALLS = 30;
    private final HttpServer server;
    private final List<String> called = Collections.synchronizedList(new ArrayList<>());
    private final List<String> shown = Collections.synchronizedList(new ArrayList<>());

    private GeminiModel(HttpServer server) {
        this.server = server;
    }

    static GeminiModel start() throws IOException {
        var at = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var model = new GeminiModel(HttpServer.create(at, 0));
        model.server.createContext("/", model::answer);
        model.server.start();
        return model;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The tools that it called, in order. */
    List<String> called() {
        return List.copyOf(called);
    }

    /** What it was shown of its calls. */
    List<String> shown() {
        return List.copyOf(shown);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode asked = StdioClient.JSON.readTree(exchange.getRequestBody().readAllBytes());
            ObjectNode answer = node();
            ObjectNode candidate = answer.putArray("candidates").addObject();
            ObjectNode content = candidate.put("finishReason", "STOP").putObject("content");
            content.put("role", "model").putArray("parts").add(part(asked));
            byte[] bytes =
                    ("data: " + StdioClient.JSON.writeValueAsString(answer) + "\n\n")
                            .getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private ObjectNode part(JsonNode asked) {
        if (!asked.path("tools").toString().contains(PREFIX + "begin_shift")) {
            return node().put("text", "It sees none of our tools.");
        }
        if (called.isEmpty()) {
            return use("begin_shift", node().put("request", "Ship 1.0.0"));
        }
        if (called.size() == 1) {
            return use("deploy", node().put("plan", "p_none"));
        }
        String last = lastShown(asked);
        shown.add(last);
        return NextReader.in(last)
                .filter(_ -> called.size() < MOST_CALLS)
                .map(next -> use(next.tool(), next.arguments()))
                .orElseGet(() -> node().put("text", "Handed over."));
    }

    /**
     * The last answer's text; of what was refused its first part, before the client's own JSON of
     * it.
     */
    private static String lastShown(JsonNode asked) {
        String found = "";
        for (JsonNode content : asked.path("contents")) {
            for (JsonNode part : content.path("parts")) {
                JsonNode response = part.path("functionResponse").path("response");
                if (response.has("output")) {
                    found = response.path("output").asString("");
                } else if (response.has("error")) {
                    found = response.path("error").asString("").split("\"}],\"structured")[0];
                    found = found.replace("\\n", "\n");
                }
            }
        }
        return found;
    }

    private ObjectNode use(String tool, JsonNode arguments) {
        called.add(tool);
        ObjectNode part = node();
        part.putObject("functionCall").put("name", PREFIX + tool).set("args", arguments);
        return part;
    }

    private static ObjectNode node() {
        return StdioClient.JSON.createObjectNode();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
