package dev.wharfinger.cli;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A build tool that a project shows by a file in its root, and how it usually builds and tests.
 *
 * @param reports the JUnit XML that the test command writes; empty where it writes none
 * @param hint a test command that would, where the usual one does not
 */
record BuildTool(
        String file,
        String build,
        String artifact,
        String test,
        Optional<String> reports,
        String hint) {
    private static final String SUREFIRE = "target/surefire-reports/*.xml";
    private static final String GRADLE = "build/test-results/test/*.xml";
    private static final String NODE = "package.json";

    private static final List<BuildTool> KNOWN =
            List.of(
                    tool(
                            "mvnw",
                            "[./mvnw, -q, package, -DskipTests]",
                            "target",
                            "[./mvnw, -q, verify]",
                            SUREFIRE),
                    tool(
                            "pom.xml",
                            "[mvn, -q, package, -DskipTests]",
                            "target",
                            "[mvn, -q, verify]",
                            SUREFIRE),
                    tool(
                            "gradlew",
                            "[./gradlew, assemble]",
                            "build/libs",
                            "[./gradlew, test]",
                            GRADLE),
                    tool(
                            "build.gradle",
                            "[gradle, assemble]",
                            "build/libs",
                            "[gradle, test]",
                            GRADLE),
                    tool(
                            "build.gradle.kts",
                            "[gradle, assemble]",
                            "build/libs",
                            "[gradle, test]",
                            GRADLE),
                    bare(
                            NODE,
                            "[npm, ci]",
                            ".",
                            "[npx, vitest, run, --reporter=junit,"
                                    + " --outputFile=reports/tests.xml]"),
                    bare(
                            "Cargo.toml",
                            "[cargo, build, --release]",
                            "target/release",
                            "[cargo, nextest, run, --profile, ci]"),
                    bare(
                            "go.mod",
                            "[go, build, -o, bin/, ./...]",
                            "bin",
                            "[gotestsum, --junitfile, reports/tests.xml, ./...]"),
                    tool(
                            "pyproject.toml",
                            "[python3, -m, build]",
                            "dist",
                            "[pytest, --junitxml=reports/tests.xml]",
                            "reports/*.xml"));

    private static BuildTool tool(
            String file, String build, String artifact, String test, String reports) {
        return new BuildTool(file, build, artifact, test, Optional.of(reports), "");
    }

    private static BuildTool bare(String file, String build, String artifact, String hint) {
        return new BuildTool(file, build, artifact, "", Optional.empty(), hint);
    }

    /** The first of the known tools whose file stands in this root. */
    static Optional<BuildTool> in(Path root) {
        return KNOWN.stream()
                .filter(tool -> Files.isRegularFile(root.resolve(tool.file())))
                .findFirst()
                .map(tool -> tool.file().equals(NODE) ? tool.asDeclared(root) : tool);
    }

    /** What package.json itself says: whether there is something to build, and who tests. */
    private BuildTool asDeclared(Path root) {
        JsonNode scripts = scripts(root);
        boolean locked = Files.isRegularFile(root.resolve("package-lock.json"));
        String install = locked ? "[npm, ci]" : "[npm, install]";
        boolean builds = scripts.has("build");
        String tests = scripts.path("test").asString("");
        String command = "";
        if (tests.contains("vitest")) {
            command = hint;
        } else if (tests.contains("node --test") || tests.contains("node:test")) {
            command =
                    "[node, --test, --test-reporter=junit,"
                            + " --test-reporter-destination=tests.xml]";
        }
        String reports = tests.contains("vitest") ? "reports/tests.xml" : "tests.xml";
        String installed = command.contains("vitest") ? "" : hint;
        return new BuildTool(
                file,
                builds ? "[" + install + ", [npm, run, build]]" : install,
                builds ? "dist" : ".",
                command,
                command.isEmpty() ? Optional.empty() : Optional.of(reports),
                installed);
    }

    private static JsonNode scripts(Path root) {
        try {
            return new JsonMapper().readTree(Files.readString(root.resolve(NODE))).path("scripts");
        } catch (IOException | JacksonException unreadable) {
            return new JsonMapper().createObjectNode(); // npm will say what is wrong with it
        }
    }
}
