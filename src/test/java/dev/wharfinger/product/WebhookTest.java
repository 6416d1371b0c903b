package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whoever is told by the server's webhook: a real receiver, which is not always there. */
class WebhookTest {
    @TempDir Path folder;

    /** A message as it arrived. */
    private record Told(String id, String time, String signature, String body) {
        JsonNode json() {
            return StdioClient.JSON.readTree(body);
        }
    }

    private final LinkedBlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final AtomicInteger calls = new AtomicInteger();

    /** It fails twice before it takes anything. */
    private HttpServer receiver() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext(
                "/hook",
                call -> {
                    String body = new String(call.getRequestBody().readAllBytes());
                    var headers = call.getRequestHeaders();
                    boolean takes = calls.incrementAndGet() > 2;
                    if (takes) {
                        told.add(
                                new Told(
                                        headers.getFirst("webhook-id"),
                                        headers.getFirst("webhook-timestamp"),
                                        headers.getFirst("webhook-signature"),
                                        body));
                    }
                    call.sendResponseHeaders(takes ? 204 : 503, -1);
                    call.close();
                });
        server.start();
        return server;
    }

    private static String signature(String secret, Told one) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] made =
                mac.doFinal(
                        (one.id() + "." + one.time() + "." + one.body())
                                .getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(made);
    }

    @Test
    void itIsToldWhatWaitsAndWhatWasDecidedSignedAndTriedAgain() throws Exception {
        HttpServer receiver = receiver();
        String hook = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
        String notify = "notify: { webhook: \"" + hook + "\", secret: \"${PATH}\" }";
        try (var shop = ApprovedShop.serving(folder, notify);
                var served = ServedShop.start(shop.project())) {
            String yaml = shop.project().read("wharf.yaml");
            shop.project().write("wharf.yaml", yaml.replace("count: 1,", "count: 2,"));
            String id = shop.ask("trust").path("data").path("ask").asString();
            Told waits = told.poll(30, TimeUnit.SECONDS);
            assertThat(waits).isNotNull();
            assertThat(calls.get()).as("twice in vain").isEqualTo(3);
            assertThat(waits.signature()).isEqualTo(signature(System.getenv("PATH"), waits));
            assertThat(waits.json().path("type").asString()).isEqualTo("decision.waiting");
            assertThat(waits.json().path("data").path("id").asString()).isEqualTo(id);
            assertThat(waits.json().path("data").path("where").path(0).asString())
                    .isEqualTo("wharf approve " + id);
            assertThat(waits.json().path("data").path("where").path(1).asString())
                    .as("no address is declared: people at this machine find the page here")
                    .matches("http://localhost:\\d+/approve/" + id);
            assertThat(waits.body()).doesNotContain(served.token());
            shop.approve(id);
            Told made = told.poll(30, TimeUnit.SECONDS);
            assertThat(made).isNotNull();
            assertThat(made.id()).isNotEqualTo(waits.id());
            assertThat(made.json().path("type").asString())
                    .as("the rules were accepted at once")
                    .isEqualTo("decision.settled");
            assertThat(told.poll(3, TimeUnit.SECONDS)).as("each news once").isNull();
        } finally {
            receiver.stop(0);
        }
    }
}
