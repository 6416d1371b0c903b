package dev.wharfinger.cli;

import dev.wharfinger.server.ServerSettings.Webhook;
import dev.wharfinger.shift.JsonTree;
import dev.wharfinger.tool.Decisions;
import dev.wharfinger.tool.Pending;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells a webhook when something waits for a person, was decided, and waits no more. Nothing waits
 * for it: what cannot be delivered is tried again for some minutes, and then only logged. A message
 * is signed as <a href="https://www.standardwebhooks.com">Standard Webhooks</a> says; its id is the
 * same for the same news, also after a restart.
 */
final class Notifier implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Notifier.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final List<Duration> AGAIN =
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2));
    private static final String ENCODED = "whsec_";

    private final Webhook hook;
    private final String project;
    private final Decisions decisions;
    private final InstantSource clock;
    private final HttpClient http;
    private final Map<String, String> told = new HashMap<>();
    private final Thread looking;

    private Notifier(Webhook hook, String project, Decisions decisions, InstantSource clock) {
        this.hook = hook;
        this.project = project;
        this.decisions = decisions;
        this.clock = clock;
        this.http =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(LIMIT)
                        .build();
        this.looking = Thread.ofVirtual().name("wharf-notify").unstarted(this::look);
    }

    /** Begins to look, once a second. */
    static Notifier start(Webhook hook, String project, Decisions decisions, InstantSource clock) {
        var notifier = new Notifier(hook, project, decisions, clock);
        notifier.looking.start();
        return notifier;
    }

    private void look() {
        try {
            while (true) {
                try {
                    List<Pending> waiting = decisions.pending();
                    waiting.forEach(this::tell);
                    settled(waiting);
                } catch (RuntimeException broken) { // the next look may go better
                    LOG.log(Level.WARNING, "what waits for people cannot be seen", broken);
                }
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Pending one) {
        if (!one.state().equals(told.put(one.id(), one.state()))) {
            boolean waits = one.state().equals("waiting");
            ObjectNode data = one.node();
            var where = data.putArray("where");
            decisions.where(one.id()).forEach(where::add);
            send(waits ? "decision.waiting" : "decision.made", one.id(), one.state(), data);
        }
    }

    /** What waits no more: it was acted on, is void, or has expired. */
    private void settled(List<Pending> waiting) {
        var left = new ArrayList<>(told.keySet());
        waiting.forEach(one -> left.remove(one.id()));
        for (String id : left) {
            told.remove(id);
            send("decision.settled", id, "settled", JsonTree.object().put("id", id));
        }
    }

    private void send(String type, String id, String state, ObjectNode data) {
        ObjectNode message =
                JsonTree.object().put("type", type).put("timestamp", clock.instant().toString());
        message.set("data", data.put("project", project));
        String name = "msg_" + id + "_" + state;
        Thread.ofVirtual()
                .name("wharf-notify " + name)
                .start(() -> deliver(name, message.toString()));
    }

    private void deliver(String id, String body) {
        try {
            String last = send(id, body);
            for (Duration wait : AGAIN) {
                if (last.isEmpty()) {
                    return;
                }
                Thread.sleep(wait);
                last = send(id, body);
            }
            if (!last.isEmpty()) {
                LOG.warning("webhook " + hook.url() + " was not told " + id + ": " + last);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why it was not taken; empty where it was. */
    private String send(String id, String body) throws InterruptedException {
        Instant now = clock.instant();
        String time = Long.toString(now.getEpochSecond());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(hook.url())
                        .timeout(LIMIT)
                        .header("Content-Type", "application/json")
                        .header("webhook-id", id)
                        .header("webhook-timestamp", time)
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        hook.secret()
                .ifPresent(secret ->
                        request.header(
                                "webhook-signature",
                                "v1," + signature(secret, id + "." + time + "." + body)));
        try {
            int status =
                    http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? "" : "it answered " + status;
        } catch (IOException unreachable) {
            return unreachable.toString();
        }
    }

    private static String signature(String secret, String text) {
        byte[] key =
                secret.startsWith(ENCODED)
                        ? Base64.getDecoder().decode(secret.substring(ENCODED.length()))
                        : secret.getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        looking.interrupt();
        http.shutdownNow();
    }
}
