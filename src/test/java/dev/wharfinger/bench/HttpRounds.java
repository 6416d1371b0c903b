package dev.wharfinger.bench;

import dev.wharfinger.cli.BenchDoor;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code wharf bench http}: tool calls over HTTP, ours in turn with the peers in one run of their
 * own harness: each server on one core, wrk on the other, answers checked. {@code read_plan} is
 * {@code wharf serve} as everybody starts it, in an open shift; {@code echo} and a durable entry a
 * call are {@link BenchDoor}.
 */
final class HttpRounds {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SQUAD =
            """

            ## Squad

            | Role | Command | Status |
            |---|---|---|
            | **Test** | /test | 💤 IDLE |
            | **Security** | /security | 💤 IDLE |
            | **Deploy** | /deploy | 💤 IDLE |
            """;

    private final Path peers;
    private final Path room;
    private final Bench.Asked asked;
    private String token = "";

    private HttpRounds(Path peers, Path room, Bench.Asked asked) {
        this.peers = peers;
        this.room = room;
        this.asked = asked;
    }

    static void run(Bench.Asked asked) throws IOException, InterruptedException {
        if (asked.peers().isEmpty()) {
            throw new IOException("wharf bench http runs beside its peers: --peers DIR names them");
        }
        Path room = Files.createTempDirectory("wharf-bench-");
        try {
            new HttpRounds(built(asked.peers().get()), room, asked).run();
        } finally {
            try (Stream<Path> all = Files.walk(room)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    /** The peers, copied beside our build and built there once. */
    private static Path built(Path from) throws IOException, InterruptedException {
        Path home = Bench.folder().resolve("peers");
        if (!Files.exists(home.resolve("built"))) {
            Files.createDirectories(home);
            try (Stream<Path> all = Files.walk(from)) {
                for (Path one : all.sorted().toList()) {
                    Path to = home.resolve(from.relativize(one).toString());
                    if (Files.isDirectory(one)) {
                        Files.createDirectories(to);
                    } else {
                        Files.copy(one, to, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
            // The same bytes for all: a plan without a squad is none that a shift begins with.
            Files.writeString(home.resolve("data/PLAN.md"), SQUAD, StandardOpenOption.APPEND);
            run(List.of("sh", home.resolve("build.sh").toString()), "", "");
            Files.createFile(home.resolve("built"));
        }
        return home;
    }

    private void run() throws IOException, InterruptedException {
        Path project =
                ColdStart.project(
                        room.resolve("project"),
                        peers.resolve("data/PLAN.md"),
                        "server: { calls: 1000000 }\n");
        Path served = room.resolve("served");
        wharf(project, served, "trust");
        token =
                wharf(project, served, "token", "create", "--persona", "deploy", "--for", "bench")
                        .lines()
                        .filter(line -> line.startsWith("wharf_"))
                        .findFirst()
                        .orElseThrow();
        for (String profile : List.of("echo", "durable")) {
            wharf(project, room.resolve(profile), "trust");
            Files.copy(served.resolve("tokens"), room.resolve(profile).resolve("tokens"));
        }
        Path body = Files.writeString(room.resolve("read_plan.json"), readPlan(project, served));
        System.out.println("read_plan in an open shift");
        harness(
                "read_plan",
                "ts-v1,ts-v2,java-sdk,quarkus-1,raw-io,raw-auditio",
                List.of(added("wharf", served(project, served))),
                List.of("--body", "wharf,read_plan," + body));
        System.out.println("echo, nothing journaled; and with a durable entry a call");
        harness(
                "echo",
                "ts-v2,raw-io,raw-auditio",
                List.of(
                        added("wharf", door("echo", project)),
                        added("wharf-durable", door("durable", project))),
                List.of());
    }

    private void harness(String tool, String others, List<String> ours, List<String> more)
            throws IOException, InterruptedException {
        var words =
                new ArrayList<>(
                        List.of(
                                "sh",
                                peers.resolve("bench.sh").toString(),
                                "--peers",
                                others,
                                "--tools",
                                tool,
                                "--warm",
                                "40",
                                "--rounds",
                                Integer.toString(asked.runs()),
                                "--seconds",
                                Integer.toString(asked.seconds())));
        ours.forEach(one -> words.addAll(List.of("--add", one)));
        words.addAll(more);
        run(words, "BENCH_TOKEN", token);
    }

    private static String added(String name, List<String> command) throws IOException {
        try (var free = new ServerSocket(0)) {
            int port = free.getLocalPort();
            return name
                    + ",modern,http://127.0.0.1:"
                    + port
                    + "/mcp,"
                    + String.join(" ", command)
                    + " "
                    + port;
        }
    }

    private List<String> served(Path project, Path state) {
        return List.of(
                ColdStart.launcher(),
                "serve",
                "--root",
                project.toString(),
                "--state",
                state.toString(),
                "--port");
    }

    private List<String> door(String profile, Path project) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                BenchDoor.class.getName(),
                profile,
                project.toString(),
                room.resolve(profile).toString());
    }

    /** A shift is begun, and what a client in it sends. */
    private String readPlan(Path project, Path state) throws IOException, InterruptedException {
        String port;
        try (var free = new ServerSocket(0)) {
            port = Integer.toString(free.getLocalPort());
        }
        var command = new ArrayList<>(served(project, state));
        command.add(port);
        Process server = new ProcessBuilder(command).start();
        try (var http = HttpClient.newHttpClient();
                var out = server.inputReader()) {
            while (!String.valueOf(out.readLine()).startsWith("MCP ")) {
                if (!server.isAlive()) {
                    throw new IOException("the server did not start");
                }
            }
            String begin = call("begin_shift", JSON.createObjectNode().put("request", "Look"));
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mcp"))
                            .header("Content-Type", "application/json")
                            .header("Accept", "application/json, text/event-stream")
                            .header("MCP-Protocol-Version", "2026-07-28")
                            .header("Mcp-Method", "tools/call")
                            .header("Mcp-Name", "begin_shift")
                            .header("Authorization", "Bearer " + token)
                            .POST(HttpRequest.BodyPublishers.ofString(begin))
                            .build();
            String said = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            String shift = JSON.readTree(said).at("/result/structuredContent/shift").asString("");
            if (shift.isEmpty()) {
                throw new IOException("no shift: " + said);
            }
            return call("read_plan", JSON.createObjectNode().put("shift", shift));
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static String call(String tool, ObjectNode arguments) {
        ObjectNode call = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1);
        ObjectNode params = call.put("method", "tools/call").putObject("params").put("name", tool);
        params.set("arguments", arguments);
        ObjectNode meta = params.putObject("_meta");
        meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
        meta.putObject("io.modelcontextprotocol/clientInfo").put("name", "b").put("version", "1");
        meta.putObject("io.modelcontextprotocol/clientCapabilities");
        return call.toString();
    }

    private static String wharf(Path project, Path state, String... words)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(ColdStart.launcher()));
        command.addAll(List.of(words));
        command.addAll(List.of("--root", project.toString(), "--state", state.toString()));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
        return said;
    }

    private static void run(List<String> command, String name, String value)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).inheritIO();
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        process.environment()
                .put("BENCH_JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString());
        if (!name.isEmpty()) {
            process.environment().put(name, value);
        }
        if (process.start().waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}
