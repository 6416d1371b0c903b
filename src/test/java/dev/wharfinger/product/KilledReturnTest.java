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
    private static final int WINDOW_MILLIS = 260;

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
        int kills = Integer.getInteger("wharf.kills", 8);
        long seed = Long.getLong("wharf.seed", 20261127L);
        System.out.println("KilledReturnTest: " + kills + " kills, -Dwharf.seed=" + seed);
        var random = new Random(seed);
        String runs = "1.2.0";
        Map<String, Integer> met = new TreeMap<>();
        for (int i = 0; i < kills; i++) {
            String wanted = runs.equals("1.2.0") ? "1.1.0" : "1.2.0";
            int at = (i * WINDOW_MILLIS / kills) + random.nextInt(1 + WINDOW_MILLIS / kills);
            int before = count("return.started");
            killedWhileGoingBack(wanted, at);
            try (var next = StdioClient.start(shop.project(), "--persona", "deploy")) {
                next.call("read_plan");
            } // what was begun is ended before it goes, and all is in a checkpoint
            String died = killedIn();
            String when = "killed after " + at + " ms, " + died;
            boolean began = count("return.started") > before;
            String expected = began ? wanted : runs;
            assertThat(count("return.started") - before).as(when).isLessThan(2);
            assertThat(count("return.finished")).as(when).isEqualTo(count("return.started"));
            assertThat(page()).as(when).isEqualTo(expected);
            assertThat(new Services().listeners(shop.project().port())).hasSize(1);
            Path current = shop.staging().resolve("current");
            assertThat(Files.readString(current.resolve("version.txt"))).isEqualTo(expected);
            met.merge(began ? died : "nothing begun", 1, Integer::sum);
            runs = expected;
        }
        assertThat(JournalReader.open(shop.project().state()).verify().isVerified()).isTrue();
        System.out.println("killed in: " + met);
        assertThat(met.size()).as("the kills meet different steps").isGreaterThan(1);
    }

    private void killedWhileGoingBack(String version, int millis) throws Exception {
        Path socket = shop.project().state().resolve("wharf.sock");
        var keeper = StdioClient.start(shop.project(), "--persona", "deploy");
        keeper.call("read_plan"); // it keeps the project, and listens
        KeeperLink.command(socket, "status", List.of());
        Thread asking =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                KeeperLink.command(
                                        socket,
                                        "rollback",
                                        List.of("staging", encoded("killed"), version));
                            } catch (IOException e) {
                                System.out.println("killed after " + millis + " ms: " + e);
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

    private int count(String type) throws IOException {
        return (int) entries().stream().filter(entry -> entry.equals(type)).count();
    }

    /** The step in whose midst the server was killed: the next one intends it again. */
    private String killedIn() throws IOException {
        List<String> all = entries();
        List<String> steps = all.subList(all.lastIndexOf("return.started") + 1, all.size());
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).equals(steps.get(i - 1)) && steps.get(i).startsWith("deploy.step")) {
                return steps.get(i);
            }
        }
        return "between two steps";
    }

    private List<String> entries() throws IOException {
        var found = new ArrayList<String>();
        JournalReader.open(shop.project().state())
                .walk(entry -> {
                    JsonNode node = StdioClient.JSON.readTree(entry.line());
                    String step =
                            node.path("type").asString() + " " + node.path("phase").asString("");
                    found.add((step + (node.path("done").asBoolean(false) ? " done" : "")).strip());
                });
        return found;
    }
}
