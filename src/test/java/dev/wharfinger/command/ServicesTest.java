package dev.wharfinger.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

class ServicesTest {
    private static final Duration GRACE = Duration.ofSeconds(10);

    @TempDir Path temp;
    private final Services services = new Services();
    private final ProcessTable processes = new ProcessTable();
    private final List<RunningService> started = new ArrayList<>();
    private Path folder;

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectory(temp.resolve("release"));
    }

    @AfterEach
    void endAll() throws IOException {
        for (RunningService service : started) {
            services.stop(service, Duration.ZERO);
        }
    }

    private ServiceSpec spec(String script) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("WHARF_DEPLOYMENT", "d-" + temp.getFileName());
        environment.put("WHARF_RELEASE", "abc");
        return new ServiceSpec(
                List.of("/bin/sh", "-c", script), folder, environment, temp.resolve("log"));
    }

    private RunningService start(String script) throws IOException {
        RunningService service = services.start(spec(script));
        started.add(service);
        return service;
    }

    private static void await(String what, BooleanSupplier done) throws InterruptedException {
        for (int i = 0; i < 3000 && !done.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(done.getAsBoolean()).as(what).isTrue();
    }

    private String log() {
        try {
            return Files.readString(temp.resolve("log"));
        } catch (IOException missing) {
            return "";
        }
    }

    @Test
    void runsInItsFolderWithItsEnvironmentAndLog() throws Exception {
        Files.writeString(temp.resolve("log"), "before\n");
        RunningService service = start("pwd; env; cat; echo err >&2; exec sleep 300");
        await("the log", () -> log().contains("err"));

        assertThat(service.isRunning()).isTrue();
        assertThat(log())
                .startsWith("before\n" + folder.toRealPath() + "\n")
                .contains("WHARF_RELEASE=abc\n", "PATH=/usr/bin:/bin\n")
                .doesNotContain("HOME=");
    }

    @Test
    void isTheLeaderOfASessionOfItsOwn() throws IOException {
        RunningService service = start("exec sleep 300");

        ProcessTable.Entry entry = processes.entry(service.record().pid()).orElseThrow();

        assertThat(entry.session()).isEqualTo(entry.pid());
        assertThat(entry.group()).isEqualTo(entry.pid());
    }

    @Test
    void stopsWithAllThatItStartedEvenInOtherSessions() throws Exception {
        RunningService service =
                start("setsid sh -c 'echo $$; exec sleep 300' & echo $$; exec sleep 300");
        await("two processes", () -> log().lines().count() == 2);
        List<Long> pids = log().lines().map(Long::valueOf).toList();

        services.stop(service, GRACE);

        assertThat(service.isRunning()).isFalse();
        assertThat(pids).allMatch(pid -> processes.entry(pid).filter(e -> e.isAlive()).isEmpty());
    }

    @Test
    void whatDoesNotHearTheRequestIsKilledAfterTheGrace() throws Exception {
        RunningService service = start("trap '' TERM; echo up; while :; do sleep 1; done");
        await("up", () -> log().contains("up"));

        services.stop(service, Duration.ofMillis(100));

        assertThat(service.isRunning()).isFalse();
        await("the exit", () -> service.exit().isPresent());
        assertThat(service.exit()).hasValue(137);
    }

    @Test
    void whatHearsTheRequestMayEndInOrder() throws Exception {
        RunningService service =
                start("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.1; done");
        await("up", () -> log().contains("up"));

        services.stop(service, GRACE);

        assertThat(log()).contains("bye");
        await("the exit", () -> service.exit().isPresent());
        assertThat(service.exit()).hasValue(0);
    }

    @Test
    void oneThatEndedLeavesNoZombie() throws Exception {
        RunningService service = start("exit 7");

        await("the end", () -> service.exit().isPresent());

        assertThat(service.exit()).hasValue(7);
        assertThat(service.isRunning()).isFalse();
        assertThat(processes.entry(service.record().pid())).isEmpty();
        services.stop(service, GRACE);
    }

    @Test
    void isAdoptedByWhoeverHoldsItsRecord() throws Exception {
        ServiceRecord record = start("exec sleep 300").record();

        RunningService adopted = new Services().adopt(record).orElseThrow();

        assertThat(adopted.isRunning()).isTrue();
        services.stop(adopted, GRACE);
        assertThat(adopted.isRunning()).isFalse();
        assertThat(services.adopt(record)).isEmpty();
    }

    @Test
    void aStrangerWithTheSameNumberIsNotAdopted() throws Exception {
        ServiceRecord is = start("exec sleep 300").record();

        assertThat(
                        List.of(
                                new ServiceRecord(
                                        is.pid(), is.startTicks() + 1, is.deployment(), "abc"),
                                new ServiceRecord(is.pid(), is.startTicks(), "other", "abc"),
                                new ServiceRecord(is.pid(), is.startTicks(), is.deployment(), "ab"),
                                new ServiceRecord(is.pid(), is.startTicks(), "", "")))
                .allMatch(record -> services.adopt(record).isEmpty())
                .noneMatch(services::isRunning);
        assertThat(services.isRunning(is)).isTrue();
    }

    @Test
    void stoppingARecordOfAStrangerHarmsNobody() throws Exception {
        RunningService service = start("exec sleep 300");
        ServiceRecord is = service.record();
        RunningService wrong =
                new RunningService(
                        new ServiceRecord(is.pid(), is.startTicks() + 1, "other", "abc"),
                        processes,
                        new java.util.concurrent.CompletableFuture<>());

        services.stop(wrong, Duration.ZERO);

        assertThat(service.isRunning()).isTrue();
    }

    @Test
    void whatCannotStartIsAnErrorAndNoProcess() throws IOException {
        ServiceSpec good = spec("true");
        Path text = Files.writeString(folder.resolve("app"), "no program");
        assertThat(text.toFile().setExecutable(true)).isTrue();

        assertThatThrownBy(() ->
                        services.start(
                                new ServiceSpec(
                                        List.of("./app"), folder, good.environment(), good.log())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("#!");
        assertThatThrownBy(() ->
                        services.start(
                                new ServiceSpec(
                                        good.argv(),
                                        temp.resolve("none"),
                                        good.environment(),
                                        good.log())))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new ServiceSpec(good.argv(), folder, Map.of(), good.log()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsWhoListensAndInWhichFolder() throws Exception {
        assertThat(Files.isDirectory(Path.of("/proc/self"))).isTrue();
        try (ServerSocket socket = new ServerSocket(0)) {
            List<Listener> found = services.listeners(socket.getLocalPort());

            assertThat(found).hasSize(1);
            assertThat(found.getFirst().pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(found.getFirst().folder()).contains(Path.of("").toRealPath());
            socket.close();
            assertThat(services.listeners(socket.getLocalPort())).isEmpty();
        }
    }

    @Test
    void outlivesTheJavaMachineThatStartedItAndItsHangup() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process keeper =
                new ProcessBuilder(
                                java.toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Keeper.class.getName(),
                                temp.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(keeper.getInputStream().readNBytes(200)).strip();
        assertThat(keeper.waitFor()).as(said).isEqualTo(0);
        String[] words = said.split(" ");
        ServiceRecord record =
                new ServiceRecord(
                        Long.parseLong(words[0]), Long.parseLong(words[1]), "d-keeper", "r1");

        RunningService adopted = services.adopt(record).orElseThrow();
        started.add(adopted);

        await("it works on", () -> log().lines().count() > 3);
        assertThat(adopted.isRunning()).isTrue();
        services.stop(adopted, GRACE);
        assertThat(adopted.isRunning()).isFalse();
    }

    /** A keeper of its own process: starts a service, tells its record, and ends. */
    static final class Keeper {
        public static void main(String[] arguments) throws IOException {
            Path temp = Path.of(arguments[0]);
            RunningService service =
                    new Services()
                            .start(
                                    new ServiceSpec(
                                            List.of(
                                                    "sh",
                                                    "-c",
                                                    "while :; do echo tick; sleep 0.1; done"),
                                            temp,
                                            Map.of(
                                                    "PATH",
                                                    "/usr/bin:/bin",
                                                    "WHARF_DEPLOYMENT",
                                                    "d-keeper",
                                                    "WHARF_RELEASE",
                                                    "r1"),
                                            temp.resolve("log")));
            System.out.println(service.record().pid() + " " + service.record().startTicks());
        }
    }
}
