package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.command.Services;
import dev.wharfinger.journal.JournalReader;
import dev.wharfinger.server.KeeperLink;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A server that is killed with SIGKILL while a person goes back: at moments spread over all steps
 * of a return ({@code -Dwharf.kills=N}). The next server ends what was begun, once, and the book
 * tells it.
 */
class KilledReturnTest {
    private static final int WINDOW_MILLIS = 700;

    @TempDir Path folder;
    private VersionedShop shop;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void twoVersionsHaveRun() throws Exception {
        shop = VersionedShop.in(folder);
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            for (String version : List.of("1.1.0", "1.2.0")) {
                ReturnRounds.ship(shop, deploy, version);
            }
        }
    }

    @AfterEach
    void stop() {
        shop.project().stop();
    }

    @Test
    void aReturnThatWasBegunIsEndedOnceByTheNextServer() throws Exception {
        int kills = Integer.getInteger("wharf.kills", 6);
        long seed = Long.getLong("wharf.seed", 20261127L);
        System.out.println("KilledReturnTest: " + kills + " kills, -Dwharf.seed=" + seed);
        var random = new Random(seed);
        String runs = "1.2.0";
        Map<String, Integer> met = new TreeMap<>();
        for (int i = 0; i < kills; i++) {
            String wanted = runs.equals("1.2.0") ? "1.1.0" : "1.2.0";
            int at = (i * WINDOW_MILLIS / kills) + random.nextInt(1 + WINDOW_MILLIS / kills);
            int before = entries("return.started").size();
            killedWhileGoingBack(wanted, at);
            String died = lastStep();
            try (var next = StdioClient.start(shop.project(), "--persona", "deploy")) {
                next.call("read_plan");
                List<JsonNode> begun = entries("return.started");
                boolean began = begun.size() > before;
                String expected = began ? wanted : runs;
                assertThat(begun.size() - before).as("killed after %d ms", at).isLessThan(2);
                assertThat(entries("return.finished")).hasSameSizeAs(begun);
                assertThat(page()).as("killed after %d ms, %s", at, died).isEqualTo(expected);
                assertThat(new Services().listeners(shop.project().port())).hasSize(1);
                Path current = shop.staging().resolve("current");
                assertThat(Files.readString(current.resolve("version.txt"))).isEqualTo(expected);
                met.merge(began ? died : "nothing begun", 1, Integer::sum);
                runs = expected;
            }
        }
        assertThat(JournalReader.open(shop.project().state()).verify().isVerified()).isTrue();
        System.out.println("last entry before each death: " + met);
        assertThat(met.size()).as("the kills meet different steps").isGreaterThan(1);
    }

    private void killedWhileGoingBack(String version, int millis) throws Exception {
        var keeper = StdioClient.start(shop.project(), "--persona", "deploy");
        Thread asking =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                KeeperLink.command(
                                        shop.project().state().resolve("wharf.sock"),
                                        "rollback",
                                        List.of("staging", encoded("killed"), version));
                            } catch (IOException e) {
                                System.err.println("the answer died with the server");
                            }
                        });
        Thread.sleep(millis);
        keeper.kill();
        asking.join();
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String page() throws Exception {
        var at = URI.create("http://127.0.0.1:" + shop.project().port() + "/");
        return http.send(HttpRequest.newBuilder(at).build(), HttpResponse.BodyHandlers.ofString())
                .body()
                .replace("Welcome ", "");
    }

    private List<JsonNode> entries(String type) throws IOException {
        var found = new ArrayList<JsonNode>();
        JournalReader.open(shop.project().state())
                .walk(entry -> {
                    JsonNode node = StdioClient.JSON.readTree(entry.line());
                    if (node.path("type").asString().equals(type)) {
                        found.add(node);
                    }
                });
        return found;
    }

    /** What stood last in the book, as a step and whether it had happened. */
    private String lastStep() throws IOException {
        var last = new ArrayList<String>();
        JournalReader.open(shop.project().state())
                .walk(entry -> {
                    JsonNode node = StdioClient.JSON.readTree(entry.line());
                    last.add(
                            node.path("type").asString()
                                    + " "
                                    + node.path("phase").asString("")
                                    + (node.path("done").asBoolean(false) ? " done" : ""));
                });
        return last.getLast().strip();
    }
}
