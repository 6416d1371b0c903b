package dev.wharfinger.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.wharfinger.mcp.MalformedJson;
import dev.wharfinger.mcp.StrictJson;
import dev.wharfinger.product.Npm;
import dev.wharfinger.server.HttpServer;

import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The protocol's official conformance suite, all its server scenarios in every revision at its own
 * wire, and those of the two extensions: one case a scenario. It must pass what it passed: a dead
 * server would fail less than it passes.
 */
class ConformanceTest {
    private static final String EXTENSIONS = "extensions";
    private static final String SUITE = "@modelcontextprotocol/conformance@0.2.0-alpha.12";

    /** How many checks each run passes; the last one is the extensions', whatever the revision. */
    private static final SequencedMap<String, Integer> PASSED = passed();

    /** What the suite leaves to its own future. */
    private static final List<String> SKIPPED_BY_THE_SUITE = List.of("tasks-status-notifications");

    private static SequencedMap<String, Integer> passed() {
        var passed = new LinkedHashMap<String, Integer>();
        passed.put("2026-07-28", 153);
        passed.put("2025-11-25", 84);
        passed.put("2025-06-18", 56);
        passed.put("2025-03-26", 3);
        passed.put(EXTENSIONS, 45 + 44);
        return passed;
    }

    @TestFactory
    Stream<DynamicNode> everyScenarioOfEveryRevisionPasses(@TempDir Path out) throws Exception {
        Optional<Path> home = Npm.with("conformance", SUITE, "node@22");
        assumeTrue(home.isPresent(), "there is no npm");
        var runs = new ArrayList<Callable<DynamicNode>>();
        PASSED.forEach((name, passed) ->
                runs.add(() -> cases(name, run(home.orElseThrow(), out, name), passed)));
        var nodes = new ArrayList<DynamicNode>();
        try (var side = Executors.newFixedThreadPool(runs.size())) {
            for (Future<DynamicNode> each : side.invokeAll(runs)) {
                nodes.add(each.get());
            }
        }
        return nodes.stream();
    }

    /** One run of the suite against a server of its own, and where its checks lie. */
    private static Path run(Path home, Path out, String name) throws Exception {
        Path modules = home.resolve("node_modules");
        Path results = out.resolve(name);
        try (HttpServer server = ConformanceServer.start(0)) {
            var words = new ArrayList<String>();
            words.add(modules.resolve("node/bin/node").toString());
            words.add(
                    modules.resolve("@modelcontextprotocol/conformance/dist/index.js").toString());
            words.addAll(List.of("server", "--suite", "all", "-o", results.toString()));
            words.addAll(List.of("--url", "http://localhost:" + server.port() + "/mcp"));
            if (!name.equals(EXTENSIONS)) { // which are left out where a revision is named
                words.addAll(List.of("--spec-version", name));
            }
            Process suite =
                    new ProcessBuilder(words)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectErrorStream(true)
                            .start();
            assertThat(suite.waitFor(5, TimeUnit.MINUTES)).as("%s ends", name).isTrue();
        }
        return results;
    }

    private static DynamicNode cases(String name, Path out, int passed) throws Exception {
        SortedMap<String, JsonNode> scenarios = scenarios(out);
        if (name.equals(EXTENSIONS)) {
            scenarios.keySet().removeIf(scenario -> !scenario.matches("(tasks|sep-2640)-.*"));
        }
        var cases = new ArrayList<DynamicNode>();
        scenarios.forEach((scenario, checks) ->
                cases.add(dynamicTest(scenario, () -> passes(scenario, checks))));
        cases.add(
                dynamicTest(
                        passed + " checks pass",
                        () ->
                                assertThat(
                                                scenarios.values().stream()
                                                        .mapToInt(c -> with(c, "SUCCESS").size())
                                                        .sum())
                                        .isEqualTo(passed)));
        return dynamicContainer(name, cases);
    }

    private static void passes(String scenario, JsonNode checks) {
        assertThat(with(checks, "FAILURE")).isEmpty();
        assertThat(with(checks, "WARNING")).isEmpty();
        if (!SKIPPED_BY_THE_SUITE.contains(scenario)) {
            assertThat(with(checks, "SKIPPED")).isEmpty();
            assertThat(with(checks, "SUCCESS")).isNotEmpty();
        }
    }

    private static List<String> with(JsonNode checks, String status) {
        var found = new ArrayList<String>();
        for (JsonNode check : checks) {
            if (check.path("status").asString("").equals(status)) {
                found.add(
                        check.path("id").asString("")
                                + " "
                                + check.path("errorMessage").asString(""));
            }
        }
        return found;
    }

    /** The checks by scenario: each lies in a folder {@code server-SCENARIO-TIME}. */
    private static SortedMap<String, JsonNode> scenarios(Path out) throws Exception {
        var scenarios = new TreeMap<String, JsonNode>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(f -> f.endsWith("checks.json")).toList()) {
                String folder = out.relativize(file).getName(0).toString();
                String scenario =
                        folder.replaceFirst("^server-", "")
                                .replaceFirst("-\\d{4}-\\d{2}-\\d{2}T.*$", "");
                scenarios.put(scenario, read(file));
            }
        }
        return scenarios;
    }

    private static JsonNode read(Path file) throws IOException, MalformedJson {
        return StrictJson.read(Files.readAllBytes(file));
    }
}
