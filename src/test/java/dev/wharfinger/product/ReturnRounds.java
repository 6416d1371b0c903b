package dev.wharfinger.product;

import dev.wharfinger.server.KeeperLink;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * {@code wharf bench rollback}: how long a person's rollback takes through a real server, and
 * whether there is ever a moment without a {@code current}. A thread of its own looks at the target
 * ten thousand times a second meanwhile.
 */
public final class ReturnRounds {
    private static final long PERIOD = TimeUnit.MICROSECONDS.toNanos(100);

    /** What was seen of one return, in milliseconds from the call. */
    private record Round(double switched, double spawned, double answered) {}

    private final VersionedShop shop;
    private final Path target;
    private volatile boolean stopped;
    private volatile String at = "";
    private volatile String serves = "";
    private volatile long switchedAt;
    private volatile long spawnedAt;
    private long looks;
    private long without;
    private long longest;

    private ReturnRounds(VersionedShop shop) {
        this.shop = shop;
        this.target = shop.staging();
    }

    /** Goes back and forth this often, and prints what it took. */
    public static void run(int runs) throws Exception {
        Path folder = Files.createTempDirectory("wharf-bench");
        System.out.println("in " + folder);
        VersionedShop shop = VersionedShop.in(folder);
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            ship(shop, deploy, "1.1.0");
            ship(shop, deploy, "1.2.0");
            new ReturnRounds(shop).measure(runs);
        } finally {
            shop.project().stop();
        }
    }

    static void ship(VersionedShop shop, StdioClient deploy, String version) throws Exception {
        JsonNode live = deploy.call("deploy", "plan", plan(shop, deploy, version));
        if (!live.path("structuredContent").path("state").asString().equals("done")) {
            throw new IOException("not shipped: " + live);
        }
    }

    /** Proves the next version and plans it in this client's shift; the plan's id. */
    static String plan(VersionedShop shop, StdioClient deploy, String version) throws Exception {
        shop.release(version);
        for (String persona : List.of("test", "security")) {
            try (var client = StdioClient.start(shop.project(), "--persona", persona)) {
                client.follow("Please " + persona);
            }
        }
        deploy.call("begin_shift", "request", "Ship it");
        deploy.call("read_plan");
        deploy.call("view_file", "path", "skills/deploy-toolkit/SKILL.md");
        deploy.call("view_file", "path", "HANDOFF_NOTES.md");
        JsonNode plan = deploy.call("plan_deploy", "environment", "staging", "version", version);
        String id = plan.path("structuredContent").path("plan").asString();
        if (id.isEmpty()) {
            throw new IOException("not planned: " + plan);
        }
        return id;
    }

    private void measure(int runs) throws Exception {
        long began = System.nanoTime();
        Thread watch = Thread.ofPlatform().name("looks-at-current").start(this::watch);
        var rounds = new ArrayList<Round>();
        for (int i = 0; i < runs; i++) {
            rounds.add(round(i % 2 == 0 ? "1.1.0" : "1.2.0"));
        }
        stopped = true;
        watch.join();
        System.out.printf(
                Locale.ROOT, "%d rollbacks, local target, in ms from the call:%n", rounds.size());
        print("current switched", rounds.stream().map(Round::switched).toList());
        print("old release's process spawned", rounds.stream().map(Round::spawned).toList());
        print("answered (it is healthy)", rounds.stream().map(Round::answered).toList());
        System.out.printf(
                Locale.ROOT,
                "looked at current %,d times, %,.0f a second, longest pause %.1f ms: %d times"
                        + " without a release%n",
                looks,
                looks * 1e9 / (System.nanoTime() - began),
                longest / 1e6,
                without);
        if (without > 0) {
            throw new IOException("there were moments without a valid current");
        }
    }

    private Round round(String version) throws Exception {
        String before = at;
        String served = serves;
        switchedAt = 0;
        spawnedAt = 0;
        long began = System.nanoTime();
        JsonNode answer =
                StdioClient.JSON.readTree(
                        KeeperLink.command(
                                shop.project().state().resolve("wharf.sock"),
                                "rollback",
                                List.of("staging", encoded("bench"), version)));
        long ended = System.nanoTime();
        if (answer.path("exit").asInt(-1) != 0) {
            throw new IOException("not taken back: " + answer);
        }
        for (int i = 0; i < 200 && (switchedAt == 0 || spawnedAt == 0); i++) {
            Thread.sleep(5);
        }
        if (switchedAt == 0 || spawnedAt == 0) {
            throw new IOException("never seen to change from " + before + " and " + served);
        }
        return new Round(
                (switchedAt - began) / 1e6, (spawnedAt - began) / 1e6, (ended - began) / 1e6);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Looks again and again: where does current lead, and which process is noted. */
    private void watch() {
        long last = System.nanoTime();
        while (!stopped) {
            looks++;
            try {
                Path release = target.resolve(Files.readSymbolicLink(target.resolve("current")));
                if (!Files.isRegularFile(release.resolve("version.txt"))) {
                    without++;
                }
                String now = release.getFileName().toString();
                if (!now.equals(at)) {
                    at = now;
                    switchedAt = System.nanoTime();
                }
            } catch (IOException e) {
                without++;
            }
            try {
                String now = Files.readString(target.resolve("service"));
                if (!now.equals(serves) && !now.isEmpty()) {
                    serves = now;
                    spawnedAt = System.nanoTime();
                }
            } catch (IOException e) {
                // the note is replaced by renaming: it may be away while a service is stopped
                serves = "";
            }
            long next = last + PERIOD;
            while (System.nanoTime() < next) {
                Thread.onSpinWait(); // a thread that sleeps wakes 50 µs late: half of the period
            }
            long now = System.nanoTime();
            longest = Math.max(longest, now - last);
            last = now;
        }
    }

    private static void print(String what, List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "  %-32s p50 %7.1f   p99 %7.1f   most %7.1f%n",
                what,
                sorted.get(sorted.size() / 2),
                sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1),
                sorted.getLast());
    }
}
