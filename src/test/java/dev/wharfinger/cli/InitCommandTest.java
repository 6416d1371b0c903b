package dev.wharfinger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

class InitCommandTest {
    @TempDir Path folder;
    private Path root;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void makeTheRoot() throws Exception {
        root = Files.createDirectory(folder.resolve("shop"));
    }

    private ExitCode init(String... more) {
        var arguments = new String[more.length + 5];
        System.arraycopy(
                new String[] {
                    "init", "--root", root.toString(), "--state", folder.resolve("state").toString()
                },
                0,
                arguments,
                0,
                5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        var print = new PrintStream(out, true, UTF_8);
        var nothing = new ByteArrayInputStream(new byte[0]);
        var environment =
                new TreeMap<>(Map.of("HOME", folder.toString(), "PATH", System.getenv("PATH")));
        var terminal =
                new Terminal(nothing, print, print, root, environment, Clock.systemUTC(), false);
        return Start.run(terminal, arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mvnw",
                "pom.xml",
                "gradlew",
                "package.json",
                "Cargo.toml",
                "go.mod",
                "pyproject.toml",
                "README"
            })
    void whatItWritesIsAConfigurationThatLoads(String file) throws Exception {
        Files.writeString(root.resolve(file), "");
        assertThat(init()).as(out.toString(UTF_8)).isEqualTo(ExitCode.DONE);
        Config written = Config.load(root, Map.of()).orElseThrow();
        assertThat(written.project()).isEqualTo("shop");
        assertThat(written.artifact().isPresent()).isEqualTo(!file.equals("README"));
        assertThat(root.resolve("PLAN.md")).isRegularFile();
    }

    @Test
    void itOverwritesNothingAndASecondRunWritesNothing() throws Exception {
        Files.writeString(root.resolve("PLAN.md"), "mine");
        assertThat(init()).isEqualTo(ExitCode.DONE);
        assertThat(root.resolve("PLAN.md")).hasContent("mine");
        out.reset();
        assertThat(init()).isEqualTo(ExitCode.DONE);
        assertThat(out.toString(UTF_8)).doesNotContain("wrote");
    }

    @Test
    void aDryRunWritesNothing() throws Exception {
        assertThat(init("--dry-run")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString(UTF_8)).contains("would write", "wharf.yaml");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aBrokenConfigurationIsNamedWithItsLineAndKey() throws Exception {
        Files.writeString(root.resolve("wharf.yaml"), "project: shop\nenviroments: {}\n");
        assertThat(init()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(out.toString(UTF_8)).contains("wharf.yaml:2", "enviroments", "environments");
    }
}
