package dev.wharfinger.cli;

import dev.wharfinger.console.DecisionAnswers;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A server elsewhere, as the place where decisions are delivered. It needs no login: an id that
 * cannot be guessed names what is decided, and the signature, made here, is the whole authority.
 */
final class ServerDesk implements Desk {
    private static final JsonMapper JSON = new JsonMapper();

    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    ServerDesk(URI server) throws CommandFailed {
        String scheme = server.getScheme() == null ? "" : server.getScheme();
        if (!scheme.matches("https?") || server.getHost() == null) {
            throw new CommandFailed(ExitCode.USAGE, "--server takes http(s)://HOST[:PORT]");
        }
        boolean here = server.getHost().matches("localhost|127[.]0[.]0[.]1|\\[::1]");
        if (scheme.equals("http") && !here) {
            throw new CommandFailed(
                    ExitCode.USAGE, "what you sign must come over https from " + server.getHost());
        }
        this.base = server.toString().replaceAll("/+$", "");
    }

    @Override
    public JsonNode ask(String command, String... arguments) throws IOException, CommandFailed {
        ObjectNode node = JSON.createObjectNode();
        return switch (command) {
            case "card" -> send(request("/api/card/" + encoded(arguments[0])).GET());
            case "to-sign" ->
                    post(
                            "/api/to-sign",
                            node.put("id", arguments[0])
                                    .put("decision", arguments[1])
                                    .put("name", arguments[2]));
            case "decide" ->
                    post(
                            "/api/decide",
                            node.put("text", DecisionAnswers.decoded(arguments[0]))
                                    .put("signature", DecisionAnswers.decoded(arguments[1]))
                                    .put("reason", DecisionAnswers.decoded(arguments[2])));
            default ->
                    throw new CommandFailed(
                            ExitCode.USAGE,
                            "name what you decide; the list stands on " + base + "/");
        };
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
    }

    private JsonNode post(String path, ObjectNode body) throws IOException, CommandFailed {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, CommandFailed {
        try {
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode node = JSON.readTree(answer.body());
            if (answer.statusCode() != 200 || !node.has("exit")) {
                throw new CommandFailed(
                        ExitCode.WORLD,
                        base
                                + " answered "
                                + answer.statusCode()
                                + ": "
                                + node.path("error").asString("not in our words"));
            }
            return node;
        } catch (JacksonException e) {
            throw new CommandFailed(ExitCode.WORLD, base + " is no Wharfinger server");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
