package dev.wharfinger.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a confined child reaches and what not. Skipped, and said so, where there is no Landlock. */
class ConfinementTest {
    @TempDir Path temp;
    private Path work;
    private Path state;
    private Path home;

    @BeforeEach
    void folders() throws IOException {
        assumeTrue(Landlock.abi() > 0, "this kernel has no Landlock");
        work = Files.createDirectory(temp.resolve("work"));
        state = Files.createDirectory(temp.resolve("state"));
        home = Files.createDirectory(temp.resolve("home"));
        Files.writeString(state.resolve("journal.key"), "the key");
        Files.createDirectory(home.resolve(".ssh"));
        Files.writeString(home.resolve(".ssh/id_ed25519"), "the approver");
        Files.writeString(home.resolve(".gitconfig"), "[user]\nname = Anna\n");
    }

    private CommandRunner runner(Confinement wanted) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("HOME", home.toString());
        return new CommandRunner(wanted, List.of(state), environment);
    }

    private CommandResult run(Confinement wanted, String... argv) throws IOException {
        return runner(wanted)
                .run(
                        new CommandSpec(List.of(argv), List.of(), Duration.ofSeconds(60)),
                        work,
                        new Redactor(List.of()),
                        () -> false);
    }

    private CommandResult shell(String script) throws IOException {
        return run(Confinement.BEST, "/bin/sh", "-c", script);
    }

    @Test
    void isSaidAsItIs() {
        assertThat(runner(Confinement.BEST).confinement()).isEqualTo("confined");
        assertThat(runner(Confinement.REQUIRED).confinement()).isEqualTo("confined");
        assertThat(runner(Confinement.OFF).confinement()).isEqualTo("unconfined");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat STATE/journal.key",
                "ls STATE",
                "echo x > STATE/journal.key",
                "echo x > STATE/new",
                "rm STATE/journal.key",
                "mv STATE/journal.key key",
                "ln STATE/journal.key key",
                "ln -s STATE link && cat link/journal.key",
                "cat ../state/journal.key",
                "cat HOME/.ssh/id_ed25519",
                "ls HOME/.ssh",
                "ls HOME",
                "echo x > HOME/.bashrc",
                "echo x >> HOME/.gitconfig",
                "echo x > /tmp/wharf-confinement-test",
                "cat /proc/$PPID/environ",
                "ls /proc/$PPID/fd",
                "ls /proc",
                "kill -0 $PPID",
            })
    void aConfinedChildCannot(String script) throws IOException {
        CommandResult result =
                shell(script.replace("STATE", state.toString()).replace("HOME", home.toString()));

        assertThat(result.exit()).as(result.output()).isNotZero();
        assertThat(result.output()).doesNotContain("the key", "the approver");
        assertThat(state.resolve("journal.key")).hasContent("the key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo x > made && cat made && rm made",
                "mkdir a b && echo x > a/f && mv a/f b/g && ln b/g b/h && ln -s b c",
                "echo x > $TMPDIR/f && cat $TMPDIR/f",
                "echo x > HOME/.m2/f && echo x > HOME/.npm/f && echo x > HOME/.cache/f",
                "cat HOME/.gitconfig",
                "cat /etc/passwd > /dev/null && head -c 1 /dev/urandom > /dev/null",
                "head -1 /proc/meminfo",
                "echo out > /dev/stdout && echo err > /dev/stderr",
            })
    void aConfinedChildCan(String script) throws IOException {
        CommandResult result = shell(script.replace("HOME", home.toString()));

        assertThat(result.exit()).as(result.output()).isZero();
    }

    @Test
    void withoutConfinementTheSameChildReadsTheKey() throws IOException {
        assertThat(run(Confinement.OFF, "cat", state.resolve("journal.key").toString()).output())
                .isEqualTo("the key");
    }

    @Test
    void theServerItselfStaysFree() throws IOException {
        assertThat(run(Confinement.BEST, "true").succeeded()).isTrue();

        assertThat(state.resolve("journal.key")).hasContent("the key");
        assertThat(Files.readString(Path.of("/proc/self/status"))).contains("NoNewPrivs:\t0");
    }

    @Test
    void aCheckoutInsideTheHiddenFolderIsTheCommandsOwnAndNothingElseIs() throws IOException {
        Path checkout = Files.createDirectories(state.resolve("work/checkout"));
        CommandResult result =
                runner(Confinement.BEST)
                        .run(
                                new CommandSpec(
                                        List.of(
                                                "/bin/sh",
                                                "-c",
                                                "echo x > f && cat f; cat ../../journal.key"),
                                        List.of(),
                                        Duration.ofSeconds(60)),
                                checkout,
                                new Redactor(List.of()),
                                () -> false);

        assertThat(result.output()).startsWith("x\n").doesNotContain("the key");
    }

    @Test
    void aCacheThatIsALinkIntoTheHiddenFolderOpensNothing() throws IOException {
        Files.createSymbolicLink(home.resolve(".m2"), state);

        assertThat(shell("cat " + home + "/.m2/journal.key").succeeded()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"java -version", "git --version", "node -p 1+1", "python3 -c 1+1"})
    void theUsualToolsRun(String command) throws IOException {
        List<String> argv = List.of(command.split(" "));
        assumeTrue(runner(Confinement.BEST).resolve(argv.getFirst()).isPresent(), "not here");
        Path realHome = Path.of(System.getProperty("user.home"));
        Map<String, String> environment = new LinkedHashMap<>(System.getenv());
        environment.put("HOME", realHome.toString());

        CommandResult result =
                new CommandRunner(Confinement.BEST, List.of(state), environment)
                        .run(
                                new CommandSpec(argv, List.of(), Duration.ofSeconds(60)),
                                work,
                                new Redactor(List.of()),
                                () -> false);

        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output()).doesNotContain("Picked up JAVA_TOOL_OPTIONS");
    }

    @Test
    void javaFindsThePrivateTemporaryFolder() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Files.writeString(
                work.resolve("T.java"),
                """
                void main() throws Exception {
                    IO.println(java.nio.file.Files.createTempFile("a", "b"));
                }
                """);

        assertThat(run(Confinement.BEST, java.toString(), "T.java").output())
                .startsWith("/tmp/wharf-run-");
    }
}
