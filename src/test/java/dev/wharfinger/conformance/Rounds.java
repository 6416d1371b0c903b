package dev.wharfinger.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.mcp.Reply;
import dev.wharfinger.mcp.RequestContext;
import dev.wharfinger.mcp.RpcError;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The tools and the prompt that ask the client for more before they answer (modern only). */
final class Rounds {
    static final String PREFIX = "test_input_required_result_";
    private static final List<String> NAMES =
            List.of(
                    "capabilities",
                    "elicitation",
                    "list_roots",
                    "multi_round",
                    "multiple_inputs",
                    "request_state",
                    "sampling",
                    "tampered_state");

    private final byte[] key;

    Rounds(byte[] key) {
        this.key = key.clone();
    }

    static List<ObjectNode> list() {
        List<ObjectNode> tools = new ArrayList<>();
        for (String name : NAMES) {
            tools.add(Tools.tool(PREFIX + name, Json.object("{'type':'object'}")));
        }
        return tools;
    }

    Reply call(String tool, RequestContext context) {
        ObjectNode answers = context.inputResponses();
        Optional<String> state = context.requestState();
        return switch (tool.substring(PREFIX.length())) {
            case "elicitation" ->
                    has(answers, "user_name", "content")
                            ? says("Hello, " + field(answers, "user_name", "name") + "!")
                            : ask(name("user_name", "What is your name?"), Optional.empty());
            case "sampling" ->
                    has(answers, "sample_request", "content")
                            ? says("Sampling result: " + sampled(answers, "sample_request"))
                            : ask(
                                    sampling("sample_request", "What is the capital of France?"),
                                    Optional.empty());
            case "list_roots" ->
                    has(answers, "roots_request", "roots")
                            ? says("Found " + roots(answers, "roots_request") + " root(s)")
                            : ask(
                                    Json.object(
                                            "{'roots_request':{'method':'roots/list','params':{}}}"),
                                    Optional.empty());
            case "request_state", "tampered_state" -> confirm(answers, state);
            case "multiple_inputs" -> many(answers, state);
            case "multi_round" -> rounds(answers, state);
            case "capabilities" -> declared(answers, context);
            default -> new Reply.Failed(RpcError.unknown("tool", tool));
        };
    }

    Reply prompt(RequestContext context) {
        ObjectNode answers = context.inputResponses();
        if (!has(answers, "user_context", "content")) {
            return ask(
                    elicitation(
                            "user_context",
                            "What context should the prompt use?",
                            "context",
                            "string"),
                    Optional.empty());
        }
        ObjectNode result = Json.object();
        ObjectNode message = result.putArray("messages").addObject().put("role", "user");
        message.set(
                "content",
                Json.textBlock(
                        "Prompt with context: " + field(answers, "user_context", "context")));
        return Reply.of(result);
    }

    private Reply confirm(ObjectNode answers, Optional<String> state) {
        if (state.isPresent() && opened(state.get()).isEmpty()) {
            return forged();
        }
        if (state.isPresent() && has(answers, "confirm", "content")) {
            return says("state-ok: requestState validated, integrity-ok");
        }
        return ask(
                elicitation("confirm", "Please confirm", "ok", "boolean"),
                Optional.of(sealed("confirm")));
    }

    private Reply many(ObjectNode answers, Optional<String> state) {
        if (state.isPresent() && opened(state.get()).isEmpty()) {
            return forged();
        }
        if (state.isPresent()
                && has(answers, "user_name", "content")
                && has(answers, "greeting", "content")
                && has(answers, "client_roots", "roots")) {
            return says(
                    "Name: "
                            + field(answers, "user_name", "name")
                            + "; Greeting: "
                            + sampled(answers, "greeting")
                            + "; Roots: "
                            + roots(answers, "client_roots"));
        }
        ObjectNode requests = name("user_name", "What is your name?");
        requests.setAll(sampling("greeting", "Generate a greeting"));
        requests.setAll(Json.object("{'client_roots':{'method':'roots/list','params':{}}}"));
        return ask(requests, Optional.of(sealed("many")));
    }

    private Reply rounds(ObjectNode answers, Optional<String> state) {
        Optional<String> round = state.flatMap(this::opened);
        if (state.isPresent() && round.isEmpty()) {
            return forged();
        }
        if (round.filter(r -> r.startsWith("2:")).isPresent() && has(answers, "step2", "content")) {
            return says(
                    "Multi-round complete for "
                            + round.get().substring(2)
                            + " who likes "
                            + field(answers, "step2", "color"));
        }
        if (round.isPresent() && has(answers, "step1", "content")) {
            return ask(
                    elicitation("step2", "Step 2: What is your favorite color?", "color", "string"),
                    Optional.of(sealed("2:" + field(answers, "step1", "name"))));
        }
        return ask(name("step1", "Step 1: What is your name?"), Optional.of(sealed("1:")));
    }

    private Reply declared(ObjectNode answers, RequestContext context) {
        if (!answers.isEmpty()) {
            return says("capabilities-ok: received " + String.join(",", answers.propertyNames()));
        }
        ObjectNode requests = Json.object();
        if (context.clientCan("elicitation")) {
            requests.setAll(elicitation("elicit_input", "Elicitation input", "value", "string"));
        }
        if (context.clientCan("sampling")) {
            requests.setAll(sampling("sample_input", "Sample request"));
        }
        return requests.isEmpty()
                ? says("No supported capabilities declared")
                : ask(requests, Optional.of(sealed("capabilities")));
    }

    private static Reply ask(ObjectNode requests, Optional<String> state) {
        return new Reply.InputRequired(Optional.of(requests), state);
    }

    private static Reply says(String text) {
        return Reply.of(Json.says(text));
    }

    private static Reply forged() {
        return new Reply.Failed(RpcError.invalidParams("`requestState` is not ours"));
    }

    private static boolean has(ObjectNode answers, String name, String part) {
        JsonNode answer = answers.path(name);
        boolean declined =
                answer.has("action") && !answer.path("action").asString("").equals("accept");
        return answer.path(part).isContainer() && !declined;
    }

    private static String field(ObjectNode answers, String name, String field) {
        return answers.path(name).path("content").path(field).asString("unknown");
    }

    private static String sampled(ObjectNode answers, String name) {
        return answers.path(name).path("content").path("text").asString("no response");
    }

    private static int roots(ObjectNode answers, String name) {
        return answers.path(name).path("roots").size();
    }

    private static ObjectNode name(String key, String message) {
        return elicitation(key, message, "name", "string");
    }

    private static ObjectNode elicitation(String key, String message, String field, String type) {
        ObjectNode params = Json.object().put("message", message);
        params.set(
                "requestedSchema",
                Json.object(
                        "{'type':'object','properties':{'%s':{'type':'%s'}},'required':['%s']}"
                                .formatted(field, type, field)));
        return request(key, "elicitation/create", params);
    }

    private static ObjectNode sampling(String key, String prompt) {
        ObjectNode params = Json.object("{'messages':[],'maxTokens':100}");
        ObjectNode message = params.withArray("messages").addObject().put("role", "user");
        message.set("content", Json.textBlock(prompt));
        return request(key, "sampling/createMessage", params);
    }

    private static ObjectNode request(String key, String method, ObjectNode params) {
        ObjectNode requests = Json.object();
        requests.putObject(key).put("method", method).set("params", params);
        return requests;
    }

    private String sealed(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8)) + "." + mac(text);
    }

    private Optional<String> opened(String state) {
        int dot = state.indexOf('.');
        try {
            String text =
                    new String(
                            HexFormat.of().parseHex(state.substring(0, Math.max(dot, 0))), UTF_8);
            boolean ours =
                    MessageDigest.isEqual(
                            mac(text).getBytes(UTF_8), state.substring(dot + 1).getBytes(UTF_8));
            return ours ? Optional.of(text) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
