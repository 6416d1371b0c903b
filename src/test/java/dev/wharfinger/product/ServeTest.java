package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.journal.Checkpoint;
import dev.wharfinger.journal.Digest;
import dev.wharfinger.journal.JournalReader;
import dev.wharfinger.journal.MerkleTree;
import dev.wharfinger.journal.NoteVerifier;
import dev.wharfinger.journal.SignedNote;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code wharf serve}: who comes in, as whom, and how it ends. */
class ServeTest {
    @TempDir Path folder;

    static String create(ShopProject project, String... more) throws Exception {
        var words = new java.util.ArrayList<>(List.of("token", "create"));
        words.addAll(List.of(more));
        words.addAll(
                List.of(
                        "--root",
                        project.root().toString(),
                        "--state",
                        project.state().toString()));
        Process process =
                StdioClient.wharf(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String secret = out.readLine();
        assertThat(process.waitFor()).isZero();
        return secret;
    }

    private static HttpResponse<byte[]> log(ServedShop served, String path, String bearer)
            throws Exception {
        var request = HttpRequest.newBuilder(served.mcp().resolve("/log/" + path));
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void strangersFollowTheLogAndAuditorsReadIt() throws Exception {
        try (var shop = ApprovedShop.in(folder, "{ count: 1, presence: required }")) {
            shop.prove(); // and some hundred entries more: one full tile at least
            follow(shop);
        }
    }

    private static void follow(ApprovedShop shop) throws Exception {
        try (var served = ServedShop.start(shop.project())) {
            String auditor = create(shop.project(), "--persona", "auditor", "--for", "olga");
            for (int i = 0; i < 300; i++) {
                served.call(served.token(), "shift_status", Map.of());
                served.call(served.token(), "begin_shift", Map.of("request", "Ship it"));
            }
            Thread.sleep(1500); // what was written is signed within a second
            String note = new String(log(served, "checkpoint", "").body(), StandardCharsets.UTF_8);
            Checkpoint checkpoint = Checkpoint.parse(note);
            int size = (int) checkpoint.size();
            assertThat(size).isGreaterThan(256);
            String vkey = Files.readString(shop.project().state().resolve("journal.vkey")).strip();
            assertThat(SignedNote.parse(note).isSignedBy(NoteVerifier.parse(vkey))).isTrue();
            var leaves = new ArrayList<Digest>();
            var lines = new ArrayList<Digest>();
            for (int tile = 0; tile * 256 < size; tile++) {
                int width = Math.min(256, size - tile * 256);
                String name = "%03d%s".formatted(tile, width == 256 ? "" : ".p/" + width);
                var hashes = ByteBuffer.wrap(log(served, "tile/0/" + name, "").body());
                var bundle = ByteBuffer.wrap(log(served, "tile/entries/" + name, auditor).body());
                for (int i = 0; i < width; i++) {
                    var hash = new byte[Digest.BYTES];
                    hashes.get(hash);
                    leaves.add(Digest.of(hash));
                    var line = new byte[Short.toUnsignedInt(bundle.getShort())];
                    bundle.get(line);
                    lines.add(Digest.ofLeaf(line));
                }
            }
            assertThat(new MerkleTree(leaves).root()).isEqualTo(checkpoint.root());
            assertThat(lines).isEqualTo(leaves);
            String entries = "tile/entries/000";
            assertThat(log(served, entries, "").statusCode()).isEqualTo(401);
            assertThat(log(served, entries, auditor + "x").statusCode()).isEqualTo(401);
            assertThat(log(served, entries, served.token()).statusCode()).isEqualTo(403);
            for (String no : List.of("", "journal.key", "tile/0/999", "tile/0/0", "tile/9/000")) {
                assertThat(log(served, no, auditor).statusCode()).as(no).isEqualTo(404);
            }
            assertThat(
                            served.raw(
                                    "POST /log/checkpoint HTTP/1.1\r\nHost: localhost\r\n"
                                            + "Content-Length: 0\r\n\r\n"))
                    .contains("405");
        }
    }

    private static ObjectNode none() {
        return StdioClient.JSON.createObjectNode();
    }

    @Test
    void onlyATokenThatHoldsLetsIn() throws Exception {
        try (var shop = ApprovedShop.in(folder, "{ count: 1, presence: required }");
                var served = ServedShop.start(shop.project())) {
            String tester =
                    create(shop.project(), "--persona", "test", "--for", "anna", "--name", "ci");
            assertThat(served.send("", "shift_status", none()).statusCode()).isEqualTo(401);
            assertThat(
                            served.send("", "shift_status", none())
                                    .headers()
                                    .firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
            for (String wrong : List.of("x", "wharf_", served.token() + "x", tester.substring(1))) {
                assertThat(served.send(wrong, "shift_status", none()).statusCode()).isEqualTo(401);
            }
            assertThat(served.send(tester, "shift_status", none()).statusCode()).isEqualTo(200);
            JsonNode foreign = served.call(tester, "deploy", Map.of("plan", "p"));
            assertThat(StdioClient.rule(foreign)).isEqualTo("tool.not-yours");
            assertThat(served.send(served.token(), "shift_status", none()).statusCode())
                    .isEqualTo(200);
            assertThat(shop.wharf("token", "list")).isZero();
            assertThat(shop.wharf("token", "revoke", "ci")).isZero();
            assertThat(served.send(tester, "shift_status", none()).statusCode()).isEqualTo(401);
            assertThat(shop.wharf("token", "revoke", "ci")).isEqualTo(1);
        }
    }

    @Test
    void foreignHostsAndOriginsAreRefusedOnEveryPath() throws Exception {
        try (var shop = ApprovedShop.in(folder, "{ count: 1, presence: required }");
                var served = ServedShop.start(shop.project())) {
            String here = "127.0.0.1:" + served.mcp().getPort();
            for (String path : List.of("/mcp", "/healthz", "/readyz", "/metrics", "/none")) {
                for (String host :
                        List.of(
                                "",
                                "Host: evil.example\r\n",
                                "Host: localhost.evil\r\n",
                                "Host: u@" + here + "\r\n",
                                "Host: " + here + "\r\nHost: a\r\n")) {
                    assertThat(served.raw("GET " + path + " HTTP/1.1\r\n" + host + "\r\n"))
                            .as("%s with `%s`", path, host)
                            .containsPattern(" (400|403) ");
                }
                for (String origin :
                        List.of("null", "http://evil.example", "https://evil.example")) {
                    assertThat(
                                    served.raw(
                                            "GET "
                                                    + path
                                                    + " HTTP/1.1\r\nHost: "
                                                    + here
                                                    + "\r\nOrigin: "
                                                    + origin
                                                    + "\r\n\r\n"))
                            .contains(" 403 ");
                }
            }
            assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(served.get("/readyz").body()).isEqualTo("ready\n");
            served.call(served.token(), "shift_status", Map.of());
            served.call(served.token(), "record_proof", Map.of("gate", "test"));
            assertThat(served.get("/metrics").body())
                    .contains(
                            "wharf_calls_total{tool=\"shift_status\",answer=\"yes\"} 1",
                            "wharf_refusals_total{rule=\"tool.not-yours\"} 1",
                            "wharf_journal_stopped 0");
            assertThat(served.get("/none").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aTeamShipsToProductionOverHttpAndTheServerEndsInOrder() throws Exception {
        try (var shop = ApprovedShop.in(folder, "{ count: 1, presence: required }");
                var served = ServedShop.start(shop.project())) {
            for (String persona : List.of("test", "security")) {
                String token = create(shop.project(), "--persona", persona, "--for", "berta");
                JsonNode end = follow(served, token, "Please " + persona, Map.of());
                assertThat(end.path("structuredContent").path("outcome").asString())
                        .isEqualTo("passed");
            }
            String agent = create(shop.project(), "--persona", "deploy", "--for", "carl");
            JsonNode waiting =
                    follow(served, agent, "Ship 1.0.1", Map.of("environment", "production"));
            assertThat(waiting.path("structuredContent").path("state").asString())
                    .as("%s", waiting)
                    .isEqualTo("waiting_for_approval");
            String plan = waiting.path("structuredContent").path("plan").asString();
            String text = shop.text(plan, "approve", "anna").text();
            assertThat(shop.deliver(text, shop.anna().sign(text))).isEmpty();
            JsonNode live = served.call(agent, "deploy", Map.of("plan", plan));
            assertThat(live.path("structuredContent").path("state").asString()).isEqualTo("done");
            JsonNode card = shop.ask("card", plan).path("data").path("card");
            assertThat(card.path("requester").asString()).isEqualTo("carl");
            assertThat(served.terminate()).isTrue();
            assertThat(JournalReader.open(shop.project().state()).verify().isVerified()).isTrue();
        }
    }

    /** Sends only {@code next[0]}, until a person must act or the shift has ended. */
    private static JsonNode follow(
            ServedShop served, String token, String request, Map<String, String> more)
            throws Exception {
        var first = new java.util.HashMap<>(more);
        first.put("request", request);
        JsonNode result = served.call(token, "begin_shift", first);
        for (int i = 0; i < 25; i++) {
            JsonNode content = result.path("structuredContent");
            if (content.path("state").asString("").equals("waiting_for_approval")) {
                return result;
            }
            JsonNode refused = content.path("refused").path(0);
            JsonNode next = (refused.isMissingNode() ? content : refused).path("next").path(0);
            if (next.isMissingNode()) {
                return result;
            }
            result =
                    served.call(
                            token,
                            next.path("tool").asString(),
                            (ObjectNode) next.path("arguments"));
        }
        return result;
    }
}
