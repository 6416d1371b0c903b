package dev.wharfinger.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Maven lays out for the launcher. */
class BuildTest {
    private static final int RUNTIME_JARS = 40;
    private static final Path LIB = Path.of("target/lib");

    @Test
    void theProductNeedsFewJarsAndEachOneIsThere() throws IOException {
        List<String> jars = classPath();
        assertThat(jars)
                .as("runtime jars; each one more is code that can do what this program may do")
                .hasSizeBetween(1, RUNTIME_JARS)
                .doesNotHaveDuplicates()
                .allSatisfy(jar -> assertThat(LIB.resolveSibling(jar)).isRegularFile());
    }

    @Test
    void everyJarThatShipsStandsOnThePageOfDependenciesAndNoOther() throws IOException {
        List<String> told =
                Files.readString(Path.of("docs/dependencies.md"))
                        .lines()
                        .filter(line -> line.matches("\\| [^|]+ \\| \\d[^|]* \\|.*"))
                        .map(line -> line.split("\\|"))
                        .map(cells -> "lib/" + cells[1].strip() + "-" + cells[2].strip() + ".jar")
                        .toList();
        assertThat(told).containsExactlyInAnyOrderElementsOf(classPath());
    }

    @Test
    void testLibrariesDoNotShip() throws IOException {
        assertThat(classPath())
                .noneMatch(jar -> jar.matches("lib/(junit|assertj|archunit|google-java).*"));
    }

    @Test
    void theProductsTestsRunOnAJdkThatTheSourcesWereWrittenFor() {
        assertThat(Runtime.version().feature()).isGreaterThanOrEqualTo(25);
    }

    private static List<String> classPath() throws IOException {
        Path list = LIB.resolve("classpath.txt");
        assumeTrue(Files.exists(list), "only Maven writes " + list);
        return List.of(Files.readString(list).strip().split(":"));
    }
}
