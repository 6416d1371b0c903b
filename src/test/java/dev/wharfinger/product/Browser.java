package dev.wharfinger.product;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.approval.SoftKey;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Chromium with one page, driven over its debugging protocol, and a passkey to touch. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM =
            Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                    .map(Path::of)
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElse(Path.of("/none"));

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private String session = "";
    private String authenticator = "";
    private int ids;

    private Browser(Process process, URI address) {
        this.process = process;
        this.socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(address, new Answers())
                        .join();
    }

    /** Whether this machine has one. */
    static boolean isHere() {
        return Files.isExecutable(CHROMIUM);
    }

    /** One with an empty profile in this folder, and a passkey that is touched when asked. */
    static Browser start(Path profile) throws Exception {
        Process process =
                new ProcessBuilder(
                                CHROMIUM.toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--disable-dev-shm-usage",
                                "--hide-scrollbars",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var browser = new Browser(process, address(process));
        ObjectNode target = json().put("url", "about:blank");
        String id = browser.send("Target.createTarget", target).path("targetId").asString();
        browser.session =
                browser.send(
                                "Target.attachToTarget",
                                json().put("targetId", id).put("flatten", true))
                        .path("sessionId")
                        .asString();
        browser.send("Page.enable", json());
        browser.send("WebAuthn.enable", json());
        ObjectNode key = json();
        key.putObject("options")
                .put("protocol", "ctap2")
                .put("transport", "internal")
                .put("hasResidentKey", true)
                .put("hasUserVerification", true)
                .put("isUserVerified", true)
                .put("automaticPresenceSimulation", true);
        browser.authenticator =
                browser.send("WebAuthn.addVirtualAuthenticator", key)
                        .path("authenticatorId")
                        .asString();
        return browser;
    }

    /** Puts a passkey that was made before into its authenticator. */
    void own(SoftKey key, String site) throws Exception {
        ObjectNode params = json().put("authenticatorId", authenticator);
        params.putObject("credential")
                .put("credentialId", Base64.getEncoder().encodeToString(site.getBytes(UTF_8)))
                .put("isResidentCredential", true)
                .put("rpId", site)
                .put("privateKey", Base64.getEncoder().encodeToString(key.secret()))
                .put("userHandle", Base64.getEncoder().encodeToString("u".getBytes(UTF_8)))
                .put("signCount", 1);
        send("WebAuthn.addCredential", params);
    }

    private static URI address(Process process) throws IOException {
        var err = new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            if (line.startsWith("DevTools listening on ")) {
                Thread.ofVirtual().start(() -> err.lines().forEach(_ -> {}));
                return URI.create(line.substring("DevTools listening on ".length()).strip());
            }
        }
        throw new IOException("the browser did not start");
    }

    private static ObjectNode json() {
        return StdioClient.JSON.createObjectNode();
    }

    private JsonNode send(String method, ObjectNode params) throws Exception {
        int id = ++ids;
        ObjectNode message = json().put("id", id).put("method", method);
        message.set("params", params);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, answer);
        socket.sendText(message.toString(), true).join();
        JsonNode node = answer.get(60, TimeUnit.SECONDS);
        if (node.has("error")) {
            throw new IOException(method + ": " + node.path("error"));
        }
        return node.path("result");
    }

    /** Opens a page and waits until it is whole. */
    void open(String url) throws Exception {
        send("Page.navigate", json().put("url", url));
        until("document.readyState === 'complete' && location.href.startsWith('http')");
    }

    /** What an expression is, after waiting for it where it is a promise. */
    JsonNode eval(String script) throws Exception {
        ObjectNode params =
                json().put("expression", script)
                        .put("awaitPromise", true)
                        .put("returnByValue", true);
        JsonNode result = send("Runtime.evaluate", params);
        if (result.has("exceptionDetails")) {
            throw new IOException(script + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Waits until an expression is true; a page that is just changing is asked again. */
    void until(String script) throws Exception {
        Optional<Exception> last = Optional.empty();
        for (int i = 0; i < 200; i++) {
            try {
                if (eval("Boolean(" + script + ")").asBoolean()) {
                    return;
                }
            } catch (IOException e) {
                last = Optional.of(e);
            }
            Thread.sleep(50);
        }
        throw new IOException(
                "never true: " + script + " on " + eval("document.body.innerText"),
                last.orElse(null));
    }

    /** Clicks as a person does. */
    void click(String selector) throws Exception {
        until("document.readyState === 'complete'"); // before that no script hears it
        eval("document.querySelector(" + quoted(selector) + ").click()");
    }

    static String quoted(String text) {
        return StdioClient.JSON.writeValueAsString(text);
    }

    /** How wide the page is shown, and whether the device is dark. */
    void look(int width, int height, boolean dark) throws Exception {
        send(
                "Emulation.setDeviceMetricsOverride",
                json().put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", width < 600 ? 1.5 : 1)
                        .put("mobile", width < 600));
        ObjectNode media = json();
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", dark ? "dark" : "light");
        send("Emulation.setEmulatedMedia", media);
    }

    /** The whole page as PNG. */
    byte[] picture() throws Exception {
        ObjectNode params = json().put("format", "png").put("captureBeyondViewport", true);
        return Base64.getDecoder()
                .decode(send("Page.captureScreenshot", params).path("data").asString());
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                JsonNode node = StdioClient.JSON.readTree(text.toString());
                text.setLength(0);
                Optional.ofNullable(waiting.remove(node.path("id").asInt(-1)))
                        .ifPresent(answer -> answer.complete(node));
            }
            from.request(1);
            return CompletableFuture.completedStage(List.of());
        }
    }

    @Override
    public void close() throws InterruptedException {
        socket.abort();
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        for (ProcessHandle child : children) { // they write into the profile to their end
            child.destroyForcibly();
            child.onExit().join();
        }
    }
}
