package dev.wharfinger.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.Confinement;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A unit instead of a process: {@code systemctl} is a stand-in that asks this test to act. */
class SystemdTest {
    @TempDir Path folder;
    DeployLab lab;
    Path calls;
    Path answered;
    Thread systemd;
    volatile @Nullable Process unit;
    volatile boolean ended;

    @BeforeEach
    void standInForSystemd() throws IOException {
        lab = new DeployLab(folder);
        calls = folder.resolve("calls");
        answered = folder.resolve("answered");
        Files.writeString(calls, "");
        Files.writeString(answered, "");
        var program = Files.createDirectory(folder.resolve("bin")).resolve("systemctl");
        Files.writeString(
                program,
                """
                #!/bin/sh
                case "$2" in bad*) echo "Unit $2 not found."; exit 5;; esac
                echo "$@" >> CALLS
                while [ $(wc -l < CALLS) -gt $(wc -l < ANSWERED) ]; do sleep 0.05; done
                """
                        .replace("CALLS", calls.toString())
                        .replace("ANSWERED", answered.toString()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        systemd = Thread.ofPlatform().start(this::serve);
    }

    @AfterEach
    void endEveryProcess() throws Exception {
        ended = true;
        systemd.join();
        stopUnit();
        lab.close();
    }

    @Test
    void aUnitIsRestartedForEachReleaseAndItsFolderIsObserved() throws IOException {
        var first = lab.release("1.0.0");
        var second = lab.release("1.1.0");
        assertThat(deploy("shop.service", first, Optional.empty(), 1))
                .isInstanceOf(Result.Live.class);

        var result = deploy("shop.service", second, Optional.of(first), 2);

        assertThat(result).isInstanceOf(Result.Live.class);
        assertThat(((Result.Live) result).observed().version()).contains("1.1.0");
        assertThat(Files.readAllLines(calls))
                .containsExactly("restart shop.service", "restart shop.service");
    }

    @Test
    void aBadFirstReleaseStopsTheUnit() throws IOException {
        var result = deploy("shop.service", lab.release("1.0.0", "broken"), Optional.empty(), 1);

        assertThat(result).isInstanceOf(Result.RolledBack.class);
        assertThat(Files.readAllLines(calls))
                .containsExactly("restart shop.service", "stop shop.service");
        assertThat(lab.dir.resolve("current")).doesNotExist();
    }

    @Test
    void aUnitThatSystemdDoesNotKnowCannotBeLive() throws IOException {
        var result = deploy("bad.service", lab.release("1.0.0"), Optional.empty(), 1);

        assertThat(result).isInstanceOf(Result.Unresolved.class);
        assertThat(((Result.Unresolved) result).reason()).contains("Unit bad.service not found.");
    }

    private Result deploy(String unitName, Release release, Optional<Release> from, long fence) {
        var process = lab.settings();
        var settings =
                new LocalSettings(
                        lab.dir,
                        List.of(),
                        Optional.of(unitName),
                        process.health(),
                        process.observe(),
                        process.patience());
        Map<String, String> variables = lab.variables();
        variables.put("PATH", folder.resolve("bin") + ":" + variables.get("PATH"));
        var runner = new CommandRunner(Confinement.OFF, List.of(), variables);
        var target =
                new LocalTarget(
                        lab.environment(settings),
                        lab.artifacts,
                        lab.services,
                        runner,
                        variables,
                        Pace.system());
        return DeployLab.runner()
                .run(
                        lab.grant(release, from, fence),
                        target,
                        new DeployLab.ListTrail(),
                        () -> false);
    }

    private void serve() {
        try {
            int served = 0;
            while (!ended) {
                var asked = Files.readAllLines(calls);
                while (served < asked.size()) {
                    stopUnit();
                    if (asked.get(served).startsWith("restart")) {
                        startUnit();
                    }
                    served++;
                    Files.writeString(answered, "x\n".repeat(served));
                }
                Thread.sleep(20);
            }
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void startUnit() throws IOException {
        var argv = new ArrayList<>(lab.settings().start());
        unit =
                new ProcessBuilder(argv)
                        .directory(lab.dir.resolve("current").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("unit.log").toFile())
                        .start();
    }

    private void stopUnit() throws InterruptedException {
        var running = unit;
        if (running != null) {
            running.destroyForcibly();
            running.waitFor(30, TimeUnit.SECONDS);
        }
    }
}
