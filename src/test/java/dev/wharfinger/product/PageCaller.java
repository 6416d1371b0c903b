package dev.wharfinger.product;

import dev.wharfinger.approval.Passkey;
import dev.wharfinger.approval.SoftKey;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Speaks to the pages' site as a page's script does, and can lie as no browser lets a page: about
 * where it stands ({@code Host}, {@code Origin}) and about its token.
 */
final class PageCaller {
    /** What came back. */
    record Answer(int status, String head, String body) {
        JsonNode json() {
            return StdioClient.JSON.readTree(body.startsWith("{") ? body : "{}");
        }

        /** The reason of a no. */
        String error() {
            return json().path("error").asString("");
        }
    }

    private static final Pattern COOKIE = Pattern.compile("(?mi)^set-cookie: ([^;\\r]+)");
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" content=\"([^\"]+)\"");

    private final int port;
    private String site;
    private String origin;
    private String cookie = "";
    private String csrf = "";

    private PageCaller(int port, String origin) {
        this.port = port;
        this.site = origin;
        this.origin = origin;
    }

    /** A page of this server's own address on this machine. */
    static PageCaller at(ServedShop served) {
        int port = served.mcp().getPort();
        return new PageCaller(port, "http://localhost:" + port);
    }

    /** The same, asking for another address, as a page of that address. */
    PageCaller as(String other) {
        site = other;
        origin = other;
        return this;
    }

    /** The same, as a page that stands elsewhere. */
    void from(String other) {
        origin = other;
    }

    /** The same, with this token instead of its own. */
    PageCaller token(String other) {
        csrf = other;
        return this;
    }

    String token() {
        return csrf;
    }

    /** Which address is asked for. */
    String origin() {
        return site;
    }

    Answer get(String path) throws IOException {
        return send("GET " + path, "", "");
    }

    Answer post(String path, ObjectNode said) throws IOException {
        return post(path, said.toString());
    }

    Answer post(String path, String said) throws IOException {
        String more =
                "Origin: "
                        + origin
                        + "\r\nContent-Type: application/json\r\nX-Wharf-CSRF: "
                        + csrf
                        + "\r\n";
        return send("POST " + path, more, said);
    }

    /** Signs in with what this key answered to the page of another origin, or of this one. */
    Answer login(SoftKey key, String touchedAt, boolean touched) throws IOException {
        String challenge = challenge();
        byte[] bytes = Base64.getUrlDecoder().decode(challenge);
        return login(challenge, key.assertion(bytes, touchedAt, touched));
    }

    String challenge() throws IOException {
        return post("/api/challenge", "{}").json().path("challenge").asString();
    }

    Answer login(String challenge, Passkey.Assertion made) throws IOException {
        Answer answer = post("/api/login", assertion(made).put("challenge", challenge));
        var found = COOKIE.matcher(answer.head());
        if (found.find()) {
            cookie = found.group(1);
            var token = CSRF.matcher(get("/").body());
            if (!token.find()) {
                throw new IOException("the cookie does not show who is here");
            }
            csrf = token.group(1);
        }
        return answer;
    }

    /** The text to sign and its challenge. */
    JsonNode text(String id, String decision) throws IOException {
        ObjectNode said = StdioClient.JSON.createObjectNode();
        return post("/api/passkey/text", said.put("id", id).put("decision", decision)).json();
    }

    /** Hands in what a key answered. */
    Answer decide(String text, Passkey.Assertion made) throws IOException {
        return post("/api/passkey/decide", assertion(made).put("text", text));
    }

    static byte[] challenge(JsonNode text) {
        return Base64.getUrlDecoder().decode(text.path("challenge").asString());
    }

    static ObjectNode assertion(Passkey.Assertion made) {
        return StdioClient.JSON
                .createObjectNode()
                .put("authenticator_data", encoded(made.authenticatorData()))
                .put("client_data", encoded(made.clientData()))
                .put("signature", encoded(made.signature()));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Answer send(String line, String more, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head =
                line
                        + " HTTP/1.1\r\nHost: "
                        + site.replaceFirst("^https?://", "")
                        + "\r\nConnection: close\r\nContent-Length: "
                        + bytes.length
                        + "\r\n"
                        + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n")
                        + more
                        + "\r\n";
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = all.indexOf("\r\n\r\n");
            if (end < 0) {
                throw new IOException("no answer: " + all);
            }
            int status = Integer.parseInt(all.substring(9, 12));
            return new Answer(status, all.substring(0, end), all.substring(end + 4));
        }
    }
}
