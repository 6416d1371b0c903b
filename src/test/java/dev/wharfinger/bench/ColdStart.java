package dev.wharfinger.bench;

import dev.wharfinger.journal.Checkpoint;
import dev.wharfinger.journal.JournalReader;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * From the start of a process to the answer of its first {@code read_plan} (initialize, tools/list,
 * read_plan), and the most memory it had: {@code wharf stdio} with a journal of a thousand entries,
 * over a folder with nothing but a plan and over a Git repository with accepted rules, in turn with
 * the TypeScript SDK's server and every further command given as {@code NAME=COMMAND}.
 */
final class ColdStart {
    private static final int ENTRIES = 1_000;
    private static final String PEER = "ts-v2";

    private record Run(double millis, double mebibytes) {}

    private ColdStart() {}

    static void run(Bench.Asked asked) throws IOException, InterruptedException {
        Path room = Files.createTempDirectory("wharf-bench-");
        try {
            run(asked, room);
        } finally {
            try (Stream<Path> all = Files.walk(room)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    private static void run(Bench.Asked asked, Path room) throws IOException, InterruptedException {
        Map<String, List<String>> servers = new LinkedHashMap<>();
        Path plan = plan(room);
        servers.put("wharf", wharf(folder(room.resolve("folder"), plan), room.resolve("s1")));
        servers.put("wharf, rules", wharf(trusted(room, plan), room.resolve("s2")));
        if (asked.peers().isPresent()) {
            servers.put(PEER, peer(asked.peers().get(), plan));
        } else {
            System.out.println("no peers here (--peers DIR): figures without ratios");
        }
        for (String other : asked.rest()) {
            int equals = other.indexOf('=');
            servers.put(
                    other.substring(0, equals), List.of(other.substring(equals + 1).split(" ")));
        }
        String first = Files.readAllLines(plan).getFirst().replaceFirst("# ", "");
        var runs = new LinkedHashMap<String, List<Run>>();
        for (int round = -1; round < asked.runs(); round++) { // the first fills the page cache
            for (Map.Entry<String, List<String>> server : servers.entrySet()) {
                Run run = once(server.getValue(), first);
                if (round >= 0) {
                    runs.computeIfAbsent(server.getKey(), _ -> new ArrayList<>()).add(run);
                }
            }
        }
        print(runs);
    }

    private static void print(Map<String, List<Run>> runs) {
        List<Run> peer = runs.getOrDefault(PEER, List.of());
        runs.forEach((name, all) -> {
            double millis = millis(all);
            double memory = memory(all);
            System.out.printf("%-14s %5.0f ms  %4.0f MiB", name, millis, memory);
            if (!peer.isEmpty()) {
                System.out.printf(
                        "   %.2f of %s's time, %.2f of its memory",
                        millis / millis(peer), PEER, memory / memory(peer));
            }
            System.out.println();
        });
        System.out.println(
                "medians; goals: 0.70 of the time, 0.90 of the memory; floors: 0.90 and 1.10");
    }

    private static double millis(List<Run> runs) {
        return Bench.median(runs.stream().map(Run::millis).toList());
    }

    private static double memory(List<Run> runs) {
        return Bench.median(runs.stream().map(Run::mebibytes).toList());
    }

    private static Run once(List<String> command, String expected) throws IOException {
        long started = System.nanoTime();
        try (var server = new StdioRun(command)) {
            server.initialize();
            server.request("tools/list", StdioRun.object());
            JsonNode answer = server.call("read_plan", StdioRun.object());
            double took = (System.nanoTime() - started) / 1e6;
            if (!answer.toString().contains(expected)) {
                throw new IOException(command + " did not read the plan: " + answer);
            }
            return new Run(took, server.peakMiB());
        }
    }

    /** What all read: a plan of sixty steps, and the squad's rows, as a real project has them. */
    private static Path plan(Path room) throws IOException {
        var text = new StringBuilder("# Plan of the bench\n\n## Steps\n\n");
        for (int i = 1; i <= 60; i++) {
            text.append(
                    "- [ ] Step %d: move the rows of batch %d, check the sums\n".formatted(i, i));
        }
        text.append("\n## Squad\n\n| Role | Command | Status |\n|---|---|---|\n");
        for (String each : List.of("Test", "Security", "Deploy")) {
            text.append(
                    "| **%s** | /%s | 💤 IDLE |\n".formatted(each, each.toLowerCase(Locale.ROOT)));
        }
        return Files.writeString(room.resolve("PLAN.md"), text);
    }

    private static Path folder(Path folder, Path plan) throws IOException {
        Files.createDirectories(folder);
        Files.copy(plan, folder.resolve("PLAN.md"));
        return folder;
    }

    private static Path trusted(Path room, Path plan) throws IOException, InterruptedException {
        Path project = project(room.resolve("project"), plan, "");
        String state = room.resolve("s2").toString();
        finish(
                new ProcessBuilder(
                        launcher(), "trust", "--root", project.toString(), "--state", state));
        return project;
    }

    /** A repository with rules, {@code more} of them at the end. */
    static Path project(Path folder, Path plan, String more)
            throws IOException, InterruptedException {
        folder(folder, plan);
        Files.writeString(
                folder.resolve("wharf.yaml"),
                """
                project: bench
                artifact: { build: [/bin/true], path: src }
                gates:
                  test: { command: [./prove], reports: ["out/*.xml"] }
                  ci: { applies: false, because: "a bench" }
                environments:
                  staging:
                    target:
                      local:
                        dir: /nonexistent/bench
                        start: [/bin/true]
                        health: http://127.0.0.1:1/healthz
                """
                        + more);
        String commit =
                "git init -q && git add -A && git -c user.name=bench -c user.email=bench@localhost"
                        + " -c commit.gpgsign=false commit -qm bench";
        finish(new ProcessBuilder("sh", "-c", commit).directory(folder.toFile()));
        return folder;
    }

    /** The command, once its journal has its thousand entries. */
    private static List<String> wharf(Path root, Path state) throws IOException {
        List<String> command =
                List.of(
                        launcher(),
                        "stdio",
                        "--root",
                        root.toString(),
                        "--state",
                        state.toString());
        try (var server = new StdioRun(command)) {
            server.initialize();
            for (int shifts = 0; entries(state) < ENTRIES; shifts++) {
                if (shifts == ENTRIES) {
                    throw new IOException("so many shifts, and the journal does not grow");
                }
                shift(server);
            }
        }
        return command;
    }

    /** A shift that goes wherever the first offer leads, to its end. */
    private static void shift(StdioRun server) throws IOException {
        ObjectNode request = StdioRun.object().put("request", "Ship it to staging");
        JsonNode answer = server.call("begin_shift", request);
        for (int calls = 0; calls < 25; calls++) {
            JsonNode content = answer.at("/result/structuredContent");
            JsonNode refused = content.path("refused");
            JsonNode next = (refused.isEmpty() ? content : refused.path(0)).at("/next/0");
            if (next.isMissingNode()) {
                return;
            }
            answer = server.call(next.path("tool").asString(), next.path("arguments"));
        }
    }

    /** What the last checkpoint covers, a second old at most. */
    private static long entries(Path state) throws IOException {
        return JournalReader.open(state).checkpoint().map(Checkpoint::size).orElse(0L);
    }

    private static List<String> peer(Path peers, Path plan)
            throws IOException, InterruptedException {
        Path home = Files.createDirectories(Bench.folder().resolve("ts"));
        for (String file : List.of("package.json", "v2.mjs")) {
            Files.copy(
                    peers.resolve("ts").resolve(file),
                    home.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.isDirectory(home.resolve("node_modules"))) {
            finish(
                    new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--silent")
                            .directory(home.toFile()));
        }
        return List.of("node", home.resolve("v2.mjs").toString(), "stdio", plan.toString());
    }

    private static void finish(ProcessBuilder process) throws IOException, InterruptedException {
        process.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        int code = process.redirectError(ProcessBuilder.Redirect.INHERIT).start().waitFor();
        if (code != 0) {
            throw new IOException(process.command() + " ended with " + code);
        }
    }

    static String launcher() {
        return Path.of(System.getProperty("wharf.home", "."), "wharf").toAbsolutePath().toString();
    }
}
