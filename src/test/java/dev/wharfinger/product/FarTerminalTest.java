package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.wharfinger.journal.Digest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** {@code wharf approve} and {@code deny} with {@code --server}: the key stays where it is. */
class FarTerminalTest {
    private static final String ANY = "{ count: 1, presence: any, expire: 1h }";

    @TempDir Path folder;

    private record Said(int exit, String text) {}

    private static void ran(List<String> words) throws Exception {
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    }

    /** A key of a person, made by the real {@code ssh-keygen}. */
    private Path key(String name) throws Exception {
        Path file = folder.resolve(name);
        ran(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString()));
        return file;
    }

    private static String signer(String name, Path key) throws IOException {
        String line = Files.readString(Path.of(key + ".pub"), StandardCharsets.US_ASCII).strip();
        return name + " namespaces=\"wharfinger-approval\" " + line;
    }

    /** A command in a folder that is no project: all that it knows comes from the server. */
    private Said wharf(String... words) throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Process process =
                StdioClient.wharf(List.of(words))
                        .directory(elsewhere.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private Said decide(ServedShop served, String what, String id, Path key, String... more)
            throws Exception {
        String server = "http://localhost:" + served.mcp().getPort();
        var words =
                new ArrayList<>(
                        List.of(what, id, "--server", server, "--key", key.toString(), "--yes"));
        words.addAll(List.of(more));
        return wharf(words.toArray(String[]::new));
    }

    private static String question(ApprovedShop shop, String change) throws IOException {
        String yaml = shop.project().read("wharf.yaml");
        shop.project().write("wharf.yaml", yaml + "# " + change + "\n");
        return shop.ask("trust").path("data").path("ask").asString();
    }

    @Test
    void aPersonDecidesWithAKeyThatTheServerNeverSees() throws Exception {
        Path carl = key("carl");
        Path stranger = key("stranger");
        try (var shop = ApprovedShop.in(folder, ANY, signer("carl", carl));
                var served = ServedShop.start(shop.project())) {
            String id = question(shop, "once");
            Said unknown = decide(served, "approve", "r_" + "a".repeat(26), carl);
            assertThat(unknown.exit()).isEqualTo(1);
            assertThat(unknown.text()).contains("nothing is asked under");
            Said nobody = decide(served, "approve", id, stranger);
            assertThat(nobody.exit()).isEqualTo(1);
            assertThat(nobody.text()).contains("your key may not decide here");

            Said no = decide(served, "deny", id, carl, "--reason", "not on a Friday");
            assertThat(no.exit()).as(no.text()).isZero();
            assertThat(no.text()).contains("wharf.yaml", "denied " + id + " as carl");
            Said yes = decide(served, "approve", id, carl);
            assertThat(yes.exit()).as(yes.text()).isZero();
            assertThat(yes.text())
                    .contains("not on a Friday", "approved " + id + " as carl, without a touch");

            String second = question(shop, "twice");
            String text = folder.resolve("text").toString();
            assertThat(decide(served, "approve", second, carl, "--write-text", text).exit())
                    .isZero();
            ran(
                    List.of(
                            "ssh-keygen",
                            "-q",
                            "-Y",
                            "sign",
                            "-n",
                            "wharfinger-approval",
                            "-f",
                            carl.toString(),
                            text));
            Said signed = decide(served, "approve", second, carl, "--signature", text + ".sig");
            assertThat(signed.exit()).as(signed.text()).isZero();
            assertThat(decide(served, "approve", second, carl, "--signature", text + ".sig").text())
                    .contains("approval.spent");
        }
    }

    /** A server that wants a yes from whoever comes. */
    private static HttpServer liar(Path key, AtomicBoolean delivered) throws IOException {
        String yes =
                """
                wharf-approval v1
                project shop
                journal shop 0 %s
                kind plan
                decision approve
                environment production
                version 1
                digest d
                artifact a
                approver carl
                nonce n
                expires 2030-01-01T00:00:00Z
                """
                        .formatted(Digest.ofLeaf(new byte[1]).base64());
        String signs = Files.readString(Path.of(key + ".pub")).split(" ")[1];
        var card =
                Map.of(
                        "text",
                        "the card",
                        "approvers",
                        List.of(Map.of("name", "carl", "type", "ssh-ed25519", "key", signs)));
        HttpServer liar = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        liar.createContext("/api/card/", call -> answer(call, card));
        liar.createContext("/api/to-sign", call -> answer(call, Map.of("sign", yes)));
        liar.createContext(
                "/api/decide",
                call -> {
                    delivered.set(true);
                    answer(call, Map.of());
                });
        liar.start();
        return liar;
    }

    private static void answer(HttpExchange call, Map<String, Object> data) throws IOException {
        byte[] bytes =
                StdioClient.JSON
                        .writeValueAsString(Map.of("exit", 0, "text", "", "data", data))
                        .getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(200, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    @Test
    void whatTheServerHandsOutInsteadIsNotSigned() throws Exception {
        Path carl = key("carl");
        var delivered = new AtomicBoolean();
        HttpServer liar = liar(carl, delivered);
        String server = "http://localhost:" + liar.getAddress().getPort();
        try {
            String[] on = {"p_x", "--server", server, "--key", carl.toString(), "--yes"};
            Said no = wharf(words("deny", on, "--reason", "no"));
            assertThat(no.exit()).as(no.text()).isEqualTo(4);
            assertThat(no.text()).contains("something else to sign", "decision approve");
            assertThat(delivered).isFalse();
            assertThat(wharf(words("approve", on)).exit()).isZero(); // what was said is signed
            assertThat(delivered).isTrue();
        } finally {
            liar.stop(0);
        }
    }

    private static String[] words(String command, String[] more, String... last) {
        return Stream.of(new String[] {command}, more, last)
                .flatMap(Stream::of)
                .toArray(String[]::new);
    }

    @Test
    void onlyThisMachineIsAskedInTheClearAndAServerThatIsNoneIsNamed() throws Exception {
        Said clear = wharf("approve", "r_a", "--server", "http://wharf.example.com");
        assertThat(clear.exit()).isEqualTo(2);
        assertThat(clear.text()).contains("https");
        assertThat(wharf("approve", "r_a", "--server", "ftp://localhost").exit()).isEqualTo(2);
        try (var nobody = new java.net.ServerSocket(0)) {
            int port = nobody.getLocalPort();
            nobody.close();
            Said silent =
                    wharf("deny", "r_a", "--reason", "x", "--server", "http://localhost:" + port);
            assertThat(silent.exit()).as(silent.text()).isEqualTo(4);
        }
        try (var shop = ApprovedShop.in(folder, ANY);
                var served = ServedShop.start(shop.project())) {
            String server = "http://localhost:" + served.mcp().getPort();
            Said list = wharf("approve", "--server", server);
            assertThat(list.exit()).isEqualTo(2);
            assertThat(list.text()).contains("the list stands on " + server + "/");
        }
    }
}
