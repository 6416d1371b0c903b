package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Clients of both eras hear of a plan, a shift, a deployment plan and the journal. */
@Timeout(120)
class SubscriptionsTest {
    private static final String PLAN = "ledger://PLAN.md";
    private static final String JOURNAL = "journal://checkpoint";

    @TempDir Path folder;

    /** The stream of one {@code subscriptions/listen}. */
    private record Listening(HttpClient http, BufferedReader lines) implements AutoCloseable {
        static Listening to(ServedShop served, String token, List<String> uris) throws Exception {
            ObjectNode message =
                    StdioClient.JSON
                            .createObjectNode()
                            .put("jsonrpc", "2.0")
                            .put("id", "ear")
                            .put("method", "subscriptions/listen");
            ObjectNode params = message.putObject("params");
            ObjectNode wanted = params.putObject("notifications").put("resourcesListChanged", true);
            wanted.put("toolsListChanged", true);
            uris.forEach(wanted.putArray("resourceSubscriptions")::add);
            params.putObject("_meta")
                    .put("io.modelcontextprotocol/protocolVersion", "2026-07-28")
                    .putObject("io.modelcontextprotocol/clientCapabilities");
            HttpRequest request =
                    HttpRequest.newBuilder(served.mcp())
                            .header("Content-Type", "application/json")
                            .header("Accept", "application/json, text/event-stream")
                            .header("MCP-Protocol-Version", "2026-07-28")
                            .header("Mcp-Method", "subscriptions/listen")
                            .header("Authorization", "Bearer " + token)
                            .POST(HttpRequest.BodyPublishers.ofString(message.toString()))
                            .build();
            HttpClient http = HttpClient.newHttpClient();
            InputStream body = http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
            var in = new InputStreamReader(body, StandardCharsets.UTF_8);
            return new Listening(http, new BufferedReader(in));
        }

        JsonNode next() throws IOException {
            while (true) {
                String line = lines.readLine();
                if (line == null) {
                    throw new IOException("the stream ended");
                }
                if (line.startsWith("data:")) {
                    return StdioClient.JSON.readTree(line.substring(5).strip());
                }
                if (line.startsWith("{")) { // refused before there was a stream
                    return StdioClient.JSON.readTree(line);
                }
            }
        }

        /** Reads until all of these were told. */
        void hears(String... expected) throws IOException {
            var missing = new TreeSet<>(List.of(expected));
            while (!missing.isEmpty()) {
                JsonNode message = next();
                assertThat(message.at("/params/_meta/io.modelcontextprotocol~1subscriptionId"))
                        .hasToString("\"ear\"");
                missing.remove(
                        message.at("/params/uri").asString(message.path("method").asString()));
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
            http.shutdownNow();
        }
    }

    @Test
    void aModernClientHearsWhatItMayReadAndNothingElse() throws Exception {
        VersionedShop shop = VersionedShop.in(folder);
        String other = ServeTest.create(shop.project(), "--persona", "deploy", "--for", "olga");
        try (var served = ServedShop.start(shop.project())) {
            String shift = begun(served, served.token());
            String mine = "shift://" + shift;
            try (var ear = Listening.to(served, served.token(), List.of(PLAN, mine, JOURNAL));
                    var stranger = Listening.to(served, other, List.of(mine, "ledger://no.md"))) {
                JsonNode accepted = ear.next();
                assertThat(accepted.path("method").asString())
                        .isEqualTo("notifications/subscriptions/acknowledged");
                JsonNode honoured = accepted.at("/params/notifications");
                assertThat(honoured.path("resourceSubscriptions").size()).isEqualTo(3);
                assertThat(honoured.has("toolsListChanged")).as("they never change").isFalse();
                assertThat(stranger.next().at("/params/notifications/resourceSubscriptions").size())
                        .as("somebody else's shift, and no ledger file")
                        .isZero();

                String plan = shop.project().read("PLAN.md");
                shop.project().write("PLAN.md", plan + "\n- [ ] Paint the bollards\n");
                ear.hears(PLAN);
                served.call(other, "begin_shift", Map.of("request", "Ship it as well"));
                ear.hears(JOURNAL);
            }
            oneCallerHasAHundredAndOthersTheirs(served, other);
        } finally {
            shop.project().stop();
        }
    }

    private static void oneCallerHasAHundredAndOthersTheirs(ServedShop served, String other)
            throws Exception {
        var ears = new ArrayList<Listening>();
        try {
            for (int i = 0; i < 100; i++) {
                ears.add(Listening.to(served, served.token(), List.of(PLAN)));
                assertThat(ears.getLast().next().path("method").asString(""))
                        .as("%d", i)
                        .isEqualTo("notifications/subscriptions/acknowledged");
            }
            ears.add(Listening.to(served, served.token(), List.of(PLAN)));
            assertThat(ears.getLast().next().at("/error/message").asString(""))
                    .contains("too many subscriptions");
            ears.add(Listening.to(served, other, List.of(PLAN)));
            assertThat(ears.getLast().next().has("error")).isFalse();
        } finally {
            for (Listening ear : ears) {
                ear.close();
            }
        }
    }

    private static String begun(ServedShop served, String token) throws Exception {
        JsonNode begun = served.call(token, "begin_shift", Map.of("request", "Ship it"));
        String shift = begun.at("/structuredContent/shift").asString("");
        assertThat(shift).as("%s", begun).isNotEmpty();
        return shift;
    }

    @Test
    void aLegacyClientSubscribesAndHearsOfThePlanThatItMade() throws Exception {
        VersionedShop shop = VersionedShop.in(folder);
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            String id = ReturnRounds.plan(shop, deploy, "1.1.0");
            String uri = "plan://" + id;
            assertThat(deploy.resource("resources/read", uri).at("/contents/0/text").asString(""))
                    .contains("\"version\":\"1.1.0\"", "\"environment\":\"staging\"")
                    .doesNotContain("\"state\"");
            assertThat(deploy.resource("resources/subscribe", uri).isObject()).isTrue();
            deploy.call("deploy", "plan", id);
            assertThat(deploy.notified("notifications/resources/updated", uri)).isTrue();
            assertThat(deploy.resource("resources/read", uri).at("/contents/0/text").asString(""))
                    .contains("\"state\":\"done\"");
        } finally {
            shop.project().stop();
        }
    }
}
