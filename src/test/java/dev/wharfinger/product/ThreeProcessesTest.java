package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.journal.JournalReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An agent over HTTP, one over stdio, and a person who decides, at one project at once, with calls
 * drawn by chance ({@code -Dwharf.soak.minutes=10}; else some seconds). Nobody waits for ever, and
 * the book is whole.
 */
class ThreeProcessesTest {
    private static final List<String> READS =
            List.of(
                    "read_plan",
                    "shift_status",
                    "list_dir",
                    "view_file",
                    "record_note",
                    "check_gates");

    @TempDir Path folder;
    private final Map<String, ConcurrentLinkedQueue<Double>> millis = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Throwable> broken = new ConcurrentLinkedQueue<>();
    private final AtomicInteger decided = new AtomicInteger();

    /** One way of calling. */
    private interface Line {
        JsonNode call(String tool, ObjectNode arguments) throws Exception;
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void threeAtOnceNeitherWaitForEverNorTearTheBook() throws Exception {
        long seed = Long.getLong("wharf.seed", 20261127L);
        Duration length =
                System.getProperty("wharf.soak.minutes") == null
                        ? Duration.ofSeconds(10)
                        : Duration.ofMinutes(Integer.getInteger("wharf.soak.minutes"));
        System.out.println("ThreeProcessesTest: " + length + ", -Dwharf.seed=" + seed);
        try (var shop = ApprovedShop.in(folder, "{ count: 1, presence: required }");
                var served = ServedShop.start(shop.project())) {
            shop.prove();
            try (var stdio = StdioClient.start(shop.project(), "--persona", "test")) {
                long until = System.nanoTime() + length.toNanos();
                List<Thread> all =
                        List.of(
                                agent(
                                        "http",
                                        (tool, with) -> served.call(served.token(), tool, with),
                                        new Random(seed),
                                        until),
                                agent("stdio", stdio::call, new Random(seed + 1), until),
                                person(shop, until));
                for (Thread one : all) {
                    one.join(length.plusMinutes(5));
                    assertThat(one.isAlive()).as("%s waits for ever", one.getName()).isFalse();
                }
            }
            assertThat(broken).isEmpty();
            assertThat(served.terminate()).isTrue();
            var found = JournalReader.open(shop.project().state()).verify();
            assertThat(found.isVerified()).isTrue();
            report(found.toString());
        }
    }

    private Thread agent(String name, Line line, Random random, long until) {
        return Thread.ofPlatform()
                .name(name)
                .start(() ->
                        guarded(() -> {
                            JsonNode last = StdioClient.JSON.createObjectNode();
                            while (System.nanoTime() < until) {
                                last = one(name, line, random, last);
                            }
                        }));
    }

    private JsonNode one(String name, Line line, Random random, JsonNode last) throws Exception {
        JsonNode content = last.path("structuredContent");
        JsonNode from =
                content.path("refused").path(0).isMissingNode()
                        ? content
                        : content.path("refused").path(0);
        JsonNode next = from.path("next");
        String tool;
        ObjectNode with;
        if (!next.isEmpty() && random.nextInt(10) < 7) {
            JsonNode chosen = next.path(random.nextInt(10) < 8 ? 0 : random.nextInt(next.size()));
            tool = chosen.path("tool").asString();
            with = (ObjectNode) chosen.path("arguments").deepCopy();
        } else if (random.nextInt(4) == 0 || content.isMissingNode()) {
            tool = "begin_shift";
            with = StdioClient.JSON.createObjectNode().put("request", "Please do 1.0.1");
            if (name.equals("http")) {
                with.put("environment", random.nextBoolean() ? "staging" : "production");
            }
        } else {
            tool = READS.get(random.nextInt(name.equals("http") ? 6 : 5));
            with = reading(tool, random);
        }
        if (tool.equals("shift_status")) {
            with.remove("wait_s"); // waiting is no answer's time
        }
        long began = System.nanoTime();
        JsonNode answer = line.call(tool, with);
        millis.computeIfAbsent(name + " " + tool, _ -> new ConcurrentLinkedQueue<>())
                .add((System.nanoTime() - began) / 1e6);
        assertThat(answer.has("structuredContent")).as("%s %s: %s", tool, with, answer).isTrue();
        assertThat(answer.toString()).doesNotContain("incident");
        return answer;
    }

    private static ObjectNode reading(String tool, Random random) {
        ObjectNode with = StdioClient.JSON.createObjectNode();
        switch (tool) {
            case "list_dir" -> with.put("path", random.nextBoolean() ? "." : "app");
            case "view_file" ->
                    with.put("path", random.nextBoolean() ? "HANDOFF_NOTES.md" : "app/Shop.java");
            case "record_note" -> {
                with.put("kind", random.nextBoolean() ? "risk" : "memory");
                with.put("text", "Noted " + random.nextInt(1000) + ".");
            }
            case "check_gates" -> with.put("environment", "staging");
            default -> {}
        }
        return with;
    }

    /** Anna looks at what waits, and decides each about as often yes as no. */
    private Thread person(ApprovedShop shop, long until) {
        return Thread.ofPlatform()
                .name("person")
                .start(() ->
                        guarded(() -> {
                            while (System.nanoTime() < until) {
                                for (JsonNode one :
                                        shop.ask("pending").path("data").path("pending")) {
                                    String id = one.path("id").asString();
                                    String choice = decided.get() % 4 == 3 ? "deny" : "approve";
                                    JsonNode sign =
                                            shop.ask("to-sign", id, choice, "anna")
                                                    .path("data")
                                                    .path("sign");
                                    if (one.path("given").asInt() == 0 && sign.isString()) {
                                        String text = sign.asString();
                                        if (shop.deliver(text, shop.anna().sign(text)).isEmpty()) {
                                            decided.incrementAndGet();
                                        }
                                    }
                                }
                                Thread.sleep(300);
                            }
                        }));
    }

    /** Work that may throw. */
    private interface Work {
        void run() throws Exception;
    }

    private void guarded(Work work) {
        try {
            work.run();
        } catch (Exception | AssertionError e) {
            broken.add(e);
        }
    }

    private void report(String journal) {
        System.out.println("decisions: " + decided + "; journal: " + journal);
        var all = new ArrayList<Double>();
        new TreeMap<>(millis)
                .forEach((tool, times) -> {
                    all.addAll(times);
                    print(tool, List.copyOf(times));
                });
        print("all answers", all);
    }

    private static void print(String what, List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "%-24s %6d calls   p50 %8.1f ms   p99 %8.1f ms   most %8.1f ms%n",
                what,
                sorted.size(),
                sorted.get(sorted.size() / 2),
                sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1),
                sorted.getLast());
    }
}
