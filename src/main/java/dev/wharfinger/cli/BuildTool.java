package dev.wharfinger.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A build tool that a project shows by a file in its root, and how it usually builds and tests. */
record BuildTool(
        String file, String build, String artifact, String test, Optional<String> reports) {
    private static final List<BuildTool> KNOWN =
            List.of(
                    tool(
                            "mvnw",
                            "[./mvnw, -q, package, -DskipTests]",
                            "target",
                            "[./mvnw, -q, verify]",
                            "target/surefire-reports/*.xml"),
                    tool(
                            "pom.xml",
                            "[mvn, -q, package, -DskipTests]",
                            "target",
                            "[mvn, -q, verify]",
                            "target/surefire-reports/*.xml"),
                    tool(
                            "gradlew",
                            "[./gradlew, assemble]",
                            "build/libs",
                            "[./gradlew, test]",
                            "build/test-results/test/*.xml"),
                    tool(
                            "package.json",
                            "[[npm, ci], [npm, run, build]]",
                            "dist",
                            "[npm, test]",
                            ""),
                    tool(
                            "Cargo.toml",
                            "[cargo, build, --release]",
                            "target/release",
                            "[cargo, test]",
                            ""),
                    tool("go.mod", "[go, build, -o, bin/, ./...]", "bin", "[go, test, ./...]", ""),
                    tool(
                            "pyproject.toml",
                            "[python3, -m, build]",
                            "dist",
                            "[pytest, --junitxml=reports/tests.xml]",
                            "reports/*.xml"));

    private static BuildTool tool(
            String file, String build, String artifact, String test, String reports) {
        return new BuildTool(
                file, build, artifact, test, Optional.of(reports).filter(r -> !r.isEmpty()));
    }

    /** The first of the known tools whose file stands in this root. */
    static Optional<BuildTool> in(Path root) {
        return KNOWN.stream()
                .filter(tool -> Files.isRegularFile(root.resolve(tool.file())))
                .findFirst();
    }
}
