package dev.wharfinger.product;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One release from /test over /security and /deploy to staging, and what the agents saw of it. */
final class Story {
    private static final List<String> PERSONAS = List.of("test", "security", "deploy");
    private static final int MOST_LOST = 6;
    private final VersionedShop shop;
    private final String version;
    private final Killer killer;
    private final Random random;
    private final boolean attached;
    private final Path log;
    private final List<Answered> answered = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final List<Duration> recoveries = new ArrayList<>();
    private final Map<String, Duration> took = new LinkedHashMap<>();
    private Optional<MortalServer> bystander = Optional.empty();
    private int lost;

    Story(
            VersionedShop shop,
            String version,
            Killer killer,
            boolean attached,
            Random random,
            Path log) {
        this.shop = shop;
        this.version = version;
        this.killer = killer;
        this.attached = attached;
        this.random = random;
        this.log = log;
    }

    /** Tells it to its end. */
    void tell() throws IOException, MortalServer.Lost {
        shop.release(version);
        long begin = System.nanoTime();
        try {
            if (attached) {
                MortalServer keeper = MortalServer.start(shop.project(), "auditor", log);
                keeper.greet();
                bystander = Optional.of(keeper);
            }
            killer.begin();
            boolean well = true;
            for (String persona : PERSONAS) {
                var agent = new Agent(this, persona, version, Extra.of(persona, random));
                agent.work();
                well = agent.endedWell();
            }
            killer.end();
            if (bystander.isPresent()) {
                bystander.get().close();
                well &= bystander.get().endedWell();
            }
            if (!well) { // whoever comes next settles what the last kill left, and signs
                MortalServer next = MortalServer.start(shop.project(), "auditor", log);
                next.greet();
                next.close();
            }
        } finally {
            killer.end();
            if (bystander.isPresent()) {
                bystander.get().close();
            }
        }
        took("", Duration.ofNanos(System.nanoTime() - begin));
    }

    /** A server for this persona; who keeps the journal is who will be killed. */
    MortalServer start(String persona) throws IOException {
        MortalServer server = MortalServer.start(shop.project(), persona, log);
        killer.keeper(
                bystander
                        .filter(MortalServer::isAlive)
                        .map(MortalServer::process)
                        .orElse(server.process()));
        return server;
    }

    JsonNode call(MortalServer server, String tool, ObjectNode arguments) throws MortalServer.Lost {
        try {
            return server.call(tool, arguments, killer.sending(tool));
        } finally {
            killer.between();
        }
    }

    void lost(String why) {
        if (++lost > MOST_LOST) {
            throw new IllegalStateException("the server was lost " + lost + " times: " + why);
        }
    }

    void recovered(Duration after) {
        recoveries.add(after);
    }

    void took(String tool, Duration time) {
        took.merge(tool, time, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    void answered(Answered call) {
        answered.add(call);
    }

    void refused(String persona, String tool, JsonNode result) {
        JsonNode first = result.path("structuredContent").path("refused").path(0);
        refused.add(
                "/"
                        + persona
                        + " "
                        + tool
                        + ": "
                        + first.path("rule").asString("failed")
                        + " "
                        + first.path("reason").asString(result.toString()));
    }

    void wrote(String word) {
        if (!word.isEmpty() && !words.contains(word)) {
            words.add(word);
        }
    }

    void complain(String what) {
        complaints.add(what);
    }

    List<Answered> answered() {
        return answered;
    }

    List<String> complaints() {
        return complaints;
    }

    List<String> refused() {
        return refused;
    }

    /** The words that this story wrote into ledger files, each once. */
    List<String> words() {
        return words;
    }

    /** How long each loss lasted, until the next server had answered. */
    List<Duration> recoveries() {
        return recoveries;
    }

    /** The longest call of each tool, and under {@code ""} the whole. */
    Map<String, Duration> took() {
        return took;
    }
}
