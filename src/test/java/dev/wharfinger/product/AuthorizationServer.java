package dev.wharfinger.product;

import tools.jackson.databind.JsonNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A real authorization server, a process of its own, and what programs and people do there. */
final class AuthorizationServer implements AutoCloseable {
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static final Pattern PROMPT = Pattern.compile("name=\"prompt\" value=\"(\\w+)\"");
    private final Process process;
    private final BufferedReader out;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private AuthorizationServer(Process process, int port) {
        this.process = process;
        this.port = port;
        this.out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts it for that resource; nothing where there is no npm. */
    static Optional<AuthorizationServer> start(String resource)
            throws IOException, InterruptedException {
        Optional<Path> npm = Npm.with("oauth", "oidc-provider@9.13.3");
        if (npm.isEmpty()) {
            return Optional.empty();
        }
        Path script = npm.get().resolve("authorization-server.mjs");
        Files.copy(
                Path.of("src/test/resources/oauth/authorization-server.mjs"),
                script,
                StandardCopyOption.REPLACE_EXISTING);
        int port = freePort();
        Process process =
                new ProcessBuilder("node", script.toString(), Integer.toString(port), resource)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var server = new AuthorizationServer(process, port);
        server.ready();
        return Optional.of(server);
    }

    private void ready() throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals("ready")) {
                return;
            }
        }
        throw new IOException("the authorization server did not start");
    }

    String issuer() {
        return "http://127.0.0.1:" + port;
    }

    /** From now on it signs with another key, and publishes that one alone. */
    void rotate() throws IOException {
        process.getOutputStream().write("rotate\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        ready();
    }

    /** The access token that a program gets for itself. */
    String token(String resource, String scope) throws IOException, InterruptedException {
        String client = Base64.getEncoder().encodeToString("ci:ci-secret".getBytes());
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(issuer() + "/token"))
                        .header("Authorization", "Basic " + client)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                                form(
                                        Map.of(
                                                "grant_type",
                                                "client_credentials",
                                                "resource",
                                                resource,
                                                "scope",
                                                scope)))
                        .build();
        String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        JsonNode token = StdioClient.JSON.readTree(body).path("access_token");
        if (token.isMissingNode()) {
            throw new IOException("no token: " + body);
        }
        return token.asString();
    }

    private static HttpRequest.BodyPublisher form(Map<String, String> fields) {
        return HttpRequest.BodyPublishers.ofString(
                fields.entrySet().stream()
                        .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                        .collect(Collectors.joining("&")));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What a person's browser does: logs in as that person, consents, and goes back. */
    String logIn(URI authorize, String person) throws IOException, InterruptedException {
        URI at = authorize;
        try (HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            HttpRequest request = HttpRequest.newBuilder(at).build();
            for (int pages = 0; pages < 20; pages++) {
                var answer = browser.send(request, HttpResponse.BodyHandlers.ofString());
                at = request.uri();
                Optional<String> location = answer.headers().firstValue("Location");
                if (location.isPresent()) {
                    request = HttpRequest.newBuilder(at.resolve(location.get())).build();
                    continue;
                }
                Matcher form = FORM.matcher(answer.body());
                Matcher prompt = PROMPT.matcher(answer.body());
                if (!form.find() || !prompt.find()) {
                    return answer.statusCode() + " " + answer.body();
                }
                request =
                        HttpRequest.newBuilder(at.resolve(form.group(1)))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        form(
                                                Map.of(
                                                        "prompt",
                                                        prompt.group(1),
                                                        "login",
                                                        person,
                                                        "password",
                                                        "any")))
                                .build();
            }
        }
        throw new IOException("no end of pages at " + at);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
