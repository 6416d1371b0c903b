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
import java.util.Optional;

/**
 * A model that answers over Anthropic's Messages API, so that Claude Code works without anybody's
 * account. It knows nothing but what its client shows it: it begins a shift, makes one call that is
 * refused, and then calls what the last answer says is next.
 */
final class ScriptedModel implements AutoCloseable {
    private static final String PREFIX = "mcp__wharfinger__";
    private static final int MOST_CALLS = 30;
    private final HttpServer server;
    private final List<String> called = Collections.synchronizedList(new ArrayList<>());
    private final List<String> offered = Collections.synchronizedList(new ArrayList<>());
    private final List<JsonNode> results = Collections.synchronizedList(new ArrayList<>());

    private ScriptedModel(HttpServer server) {
        this.server = server;
    }

    static ScriptedModel start() throws IOException {
        var at = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var model = new ScriptedModel(HttpServer.create(at, 0));
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

    /** The tools of ours that it was offered with their schemas. */
    List<String> offered() {
        return List.copyOf(offered);
    }

    /** What it was shown of the last call. */
    JsonNode lastResult() {
        return results.getLast();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            JsonNode asked = StdioClient.JSON.readTree(exchange.getRequestBody().readAllBytes());
            if (!path.equals("/v1/messages")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String body = events(asked);
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String events(JsonNode asked) {
        Optional<ObjectNode> use = asked.path("tools").isEmpty() ? Optional.empty() : next(asked);
        ObjectNode message = node().put("id", "msg_" + called.size()).put("type", "message");
        message.put("role", "assistant").put("model", asked.path("model").asString(""));
        message.putArray("content");
        message.putObject("usage").put("input_tokens", 1).put("output_tokens", 1);
        ObjectNode block =
                use.orElseGet(() -> node().put("type", "text").put("text", "Handed over."));
        ObjectNode part = node();
        if (use.isPresent()) {
            String input = StdioClient.JSON.writeValueAsString(block.path("input"));
            block.putObject("input");
            part.put("type", "input_json_delta").put("partial_json", input);
        } else {
            part.put("type", "text_delta").put("text", "");
        }
        ObjectNode end = node().put("stop_reason", use.isPresent() ? "tool_use" : "end_turn");
        ObjectNode last = node();
        last.set("delta", end);
        last.putObject("usage").put("output_tokens", 1);
        return event("message_start", node().set("message", message))
                + event("content_block_start", at(node().set("content_block", block)))
                + event("content_block_delta", at(node().set("delta", part)))
                + event("content_block_stop", at(node()))
                + event("message_delta", last)
                + event("message_stop", node());
    }

    private Optional<ObjectNode> next(JsonNode asked) {
        if (offered.isEmpty()) {
            asked.path("tools").forEach(tool -> offered.add(tool.path("name").asString()));
            offered.removeIf(name -> !name.startsWith(PREFIX));
        }
        return switch (called.size()) {
            case 0 -> Optional.of(use("begin_shift", node().put("request", "Ship 1.0.0")));
            case 1 -> Optional.of(use("deploy", node().put("plan", "p_none")));
            case MOST_CALLS -> Optional.empty();
            default -> {
                JsonNode shown = shown(asked);
                results.add(shown);
                yield NextReader.in(shown.path("content").asString(""))
                        .map(call -> use(call.tool(), call.arguments()));
            }
        };
    }

    /** What the client shows of the last call: Claude Code joins its text. */
    private static JsonNode shown(JsonNode asked) {
        JsonNode found = node();
        for (JsonNode message : asked.path("messages")) {
            for (JsonNode block : message.path("content")) {
                if (block.path("type").asString("").equals("tool_result")) {
                    found = block;
                }
            }
        }
        return found;
    }

    private ObjectNode use(String tool, JsonNode arguments) {
        called.add(tool);
        ObjectNode use = node().put("type", "tool_use").put("id", "toolu_" + called.size());
        use.put("name", PREFIX + tool);
        use.set("input", arguments);
        return use;
    }

    private static ObjectNode at(ObjectNode event) {
        return event.put("index", 0);
    }

    private static String event(String type, ObjectNode data) {
        String json = StdioClient.JSON.writeValueAsString(data.put("type", type));
        return "event: " + type + "\ndata: " + json + "\n\n";
    }

    private static ObjectNode node() {
        return StdioClient.JSON.createObjectNode();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
