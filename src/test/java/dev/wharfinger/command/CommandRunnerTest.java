package dev.wharfinger.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

class CommandRunnerTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Redactor NOTHING = new Redactor(List.of());

    @TempDir Path temp;
    private Path work;
    private Path home;

    @BeforeEach
    void folders() throws IOException {
        work = Files.createDirectory(temp.resolve("work"));
        home = Files.createDirectory(temp.resolve("home"));
    }

    private CommandRunner runner(Map<String, String> more) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.put("HOME", home.toString());
        environment.putAll(more);
        return new CommandRunner(Confinement.BEST, List.of(temp.resolve("state")), environment);
    }

    private CommandResult run(String... argv) throws IOException {
        return runner(Map.of())
                .run(new CommandSpec(List.of(argv), List.of(), LONG), work, NOTHING, () -> false);
    }

    private CommandResult shell(String script) throws IOException {
        return run("/bin/sh", "-c", script);
    }

    @Test
    void tellsExitAndOutputOfBothStreams() throws IOException {
        CommandResult result = shell("echo out; echo err >&2; exit 3");

        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.succeeded()).isFalse();
        assertThat(result.timedOut()).isFalse();
        assertThat(result.output()).isEqualTo("out\nerr\n");
    }

    @Test
    void zeroInTimeIsSuccess() throws IOException {
        assertThat(run("true").succeeded()).isTrue();
    }

    @Test
    void aSignalIsAnExitAbove128() throws IOException {
        assertThat(shell("kill -9 $$").exit()).isEqualTo(137);
    }

    @Test
    void noShellReadsTheArguments() throws IOException {
        CommandResult result = run("echo", "$(id)", ";", "`id`", "*", "a\nb");

        assertThat(result.output()).isEqualTo("$(id) ; `id` * a\nb\n");
    }

    @Test
    void runsInItsFolderWithEmptyInput() throws IOException {
        assertThat(shell("pwd; cat").output()).isEqualTo(work.toRealPath() + "\n");
    }

    @Test
    void seesOnlyTheDeclaredNames() throws IOException {
        CommandRunner runner = runner(Map.of("DECLARED", "yes", "UNDECLARED", "secret-value"));

        CommandResult result =
                runner.run(
                        new CommandSpec(
                                List.of("env"), List.of("DECLARED", "DECLARED_BUT_ABSENT"), LONG),
                        work,
                        NOTHING,
                        () -> false);

        assertThat(result.output())
                .contains("DECLARED=yes\n", "HOME=" + home, "PATH=")
                .doesNotContain("UNDECLARED", "secret-value", "DECLARED_BUT_ABSENT");
    }

    @Test
    void hasNoOpenDescriptorsOfTheServer() throws IOException {
        try (var open = Files.newInputStream(Files.writeString(temp.resolve("open"), "x"))) {
            assertThat(open).isNotNull();
            assertThat(
                            shell(
                                            "for n in 3 4 5 6 7 8 9; do (: <&$n) 2>/dev/null &&"
                                                    + " echo $n; done; true")
                                    .output())
                    .isEmpty();
        }
    }

    @Test
    void endsWhatTakesTooLongWithAllItStarted() throws Exception {
        Path pids = work.resolve("pids");
        CommandResult result =
                runner(Map.of())
                        .run(
                                new CommandSpec(
                                        List.of("/bin/sh", "-c", tree(pids) + "; sleep 300"),
                                        List.of(),
                                        Duration.ofSeconds(1)),
                                work,
                                NOTHING,
                                () -> false);

        assertThat(result.timedOut()).isTrue();
        assertThat(result.succeeded()).isFalse();
        assertAllGone(pids);
    }

    @Test
    void endsWhatWasLeftBehindByANormalEnd() throws Exception {
        Path pids =
                Files.createFile(work.resolve("pids")); // the loop may look before a child writes

        assertThat(
                        shell(tree(pids) + "; while [ $(wc -l < " + pids + ") -lt 3 ]; do :; done")
                                .exit())
                .isZero();

        assertAllGone(pids);
    }

    @Test
    void endsAtOnceWhenCancelled() throws Exception {
        Path pids = work.resolve("pids");
        AtomicInteger looks = new AtomicInteger();

        CommandResult result =
                runner(Map.of())
                        .run(
                                new CommandSpec(
                                        List.of("/bin/sh", "-c", tree(pids) + "; sleep 300"),
                                        List.of(),
                                        LONG),
                                work,
                                NOTHING,
                                () -> looks.incrementAndGet() > 20);

        assertThat(result.timedOut()).isFalse();
        assertThat(result.exit()).isEqualTo(137);
        assertAllGone(pids);
    }

    /** A child, a child in a session of its own, and one that was forked twice. */
    private static String tree(Path pids) {
        String sleeper = "echo $$ >> " + pids + "; exec sleep 300";
        return ("sh -c '%s' & setsid sh -c '%s' & (setsid sh -c '(%s) &' &)")
                .formatted(
                        sleeper, sleeper, "sh -c \"echo \\$\\$ >> " + pids + "; exec sleep 300\"");
    }

    private static void assertAllGone(Path pids) throws Exception {
        List<String> lines = Files.readAllLines(pids);
        assertThat(lines).as("processes that were started").hasSize(3);
        ProcessTable processes = new ProcessTable();
        for (String line : lines) {
            long pid = Long.parseLong(line);
            assertThat(processes.entry(pid).filter(ProcessTable.Entry::isAlive))
                    .as("process " + pid)
                    .isEmpty();
        }
    }

    @Test
    void keepsTheEndOfAHugeOutput() throws IOException {
        CommandResult result = shell("yes 0123456789 | head -n 500000; echo the end");

        assertThat(result.output()).hasSize(64 * 1024).endsWith("9\nthe end\n");
    }

    @Test
    void showsNoTerminalSequencesAndNoControlCharacters() throws IOException {
        CommandResult result =
                run(
                        "printf",
                        "\\033[31mred\\033[0m \\033]0;title\\007a\\000b\\010\\tc\\r\\nd\\202\\n");

        assertThat(result.output()).isEqualTo("red ab\tc\nd\ufffd\n");
    }

    @Test
    void secretsAreTakenOut() throws IOException {
        String secret = "correct horse/battery+staple";
        CommandResult result =
                runner(Map.of("PASSWORD", secret))
                        .run(
                                new CommandSpec(
                                        List.of(
                                                "/bin/sh",
                                                "-c",
                                                "echo \"<$PASSWORD>\"; printf 'ab%s' \"$PASSWORD\""
                                                        + " | base64; echo done"),
                                        List.of("PASSWORD"),
                                        LONG),
                                work,
                                new Redactor(List.of(secret)),
                                () -> false);

        assertThat(result.output())
                .contains("<[redacted]>", "done")
                .doesNotContain("horse", "Y29ycmVjd", "aG9yc2U", "hvcnNl", "ob3JzZ");
    }

    @Test
    void aSecretCutInTwoByTheLimitIsTakenOutToo() throws IOException {
        String secret = "0123456789abcdefghijklmnop";
        for (int before = 0; before < 40; before += 7) {
            Tail tail = new Tail();
            byte[] start = ("x".repeat(before) + secret).getBytes();
            tail.take(start, start.length);
            byte[] rest = "y".repeat(128 * 1024 - 20).getBytes();
            tail.take(rest, rest.length);
            assertThat(tail.text(new Redactor(List.of(secret)))).doesNotContain("mnop");
        }
    }

    @Test
    void leavesNoTemporaryFolderBehind() throws IOException {
        String folder = shell("echo made > $TMPDIR/file; mkdir $TMPDIR/x; echo $TMPDIR").output();

        assertThat(Path.of(folder.strip())).doesNotExist();
    }

    @Test
    void aProgramInTheFolderMustStayInIt() throws IOException {
        Files.createSymbolicLink(work.resolve("link"), Path.of("/bin/true"));
        Path script = Files.writeString(work.resolve("mvnw"), "#!/bin/sh\necho wrapper $1\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();

        assertThat(run("./mvnw", "verify").output()).isEqualTo("wrapper verify\n");
        assertThatThrownBy(() -> run("./link")).hasMessageContaining("out of the working folder");
        assertThatThrownBy(() -> run("../../bin/true")).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNoProgramCannotBeStarted() throws IOException {
        Path text = Files.writeString(work.resolve("text"), "hello");
        assertThatThrownBy(() -> run("no-such-program-anywhere")).hasMessageContaining("PATH");
        assertThatThrownBy(() -> run("./text")).isInstanceOf(IOException.class);
        assertThat(text.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> run("./text")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new CommandSpec(List.of(), List.of(), LONG))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CommandSpec(List.of("a", "b\0c"), List.of(), LONG))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
