package dev.wharfinger.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharfinger.deploy.DeployLab.ListTrail;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;

class RunnerTest {
    @TempDir Path folder;
    DeployLab lab;

    @BeforeEach
    void openTheLab() throws IOException {
        lab = new DeployLab(folder);
    }

    @AfterEach
    void endEveryProcess() throws IOException {
        lab.close();
    }

    @ParameterizedTest
    @CsvSource({
        "broken, smoke, Oops",
        "crash, health, cannot reach the database with [redacted]",
        "lies, observe, 'version 9.9.9, not 1.1.0'"
    })
    void aBadReleaseIsTakenBack(String fault, String phase, String reason) throws IOException {
        var good = lab.release("1.0.0");
        var bad = lab.release("1.1.0", fault);
        lab.deploy(good, Optional.empty(), 1);

        var result = lab.deploy(bad, Optional.of(good), 2);

        assertThat(result).isInstanceOf(Result.RolledBack.class);
        var back = (Result.RolledBack) result;
        assertThat(back.step()).isEqualTo(phase);
        assertThat(back.reason()).contains(reason);
        assertThat(back.restored()).contains(good);
        assertThat(back.whose()).isEqualTo(Cause.BUILD);
        assertThat(lab.target().observe().healthy()).isTrue();
        assertThat(lab.target().observe().version()).contains("1.0.0");
        assertThat(lab.starts()).containsExactly("1.0.0 d1", "1.1.0 d2", "1.0.0 d2-return");
        assertThat(lab.living()).hasSize(1);
    }

    @Test
    void aBadFirstDeploymentIsRemoved() throws IOException {
        var result = lab.deploy(lab.release("1.0.0", "broken"), Optional.empty(), 1);

        assertThat(result).isInstanceOf(Result.RolledBack.class);
        assertThat(((Result.RolledBack) result).restored()).isEmpty();
        assertThat(Files.exists(lab.dir.resolve("current"))).isFalse();
        assertThat(lab.living()).isEmpty();
        assertThat(lab.target().foreignChange(Optional.empty())).isEmpty();
    }

    @Test
    void whatWasSwitchedBackCannotBeStartedStaysUnresolved() throws IOException {
        var good = lab.release("1.0.0");
        lab.deploy(good, Optional.empty(), 1);
        var crashing = lab.release("0.9.0", "crash");
        new TargetFolder(lab.dir).releases().add(folder.resolve("source-0.9.0"), "x");

        var result = lab.deploy(lab.release("1.1.0", "broken"), Optional.of(crashing), 2);

        assertThat(result).isInstanceOf(Result.Unresolved.class);
        assertThat(((Result.Unresolved) result).reason()).contains("the return failed in health");
    }

    @Test
    void aRollbackRestoresWhatWasBefore() throws IOException {
        var first = lab.release("1.0.0");
        var second = lab.release("1.1.0");
        lab.deploy(first, Optional.empty(), 1);
        lab.deploy(second, Optional.of(first), 2);

        var trail = new ListTrail();
        var result =
                DeployLab.runner()
                        .rollBack(
                                lab.grant(second, Optional.of(first), 3),
                                "checkout is slow",
                                lab.target(),
                                trail);

        assertThat(result).isInstanceOf(Result.RolledBack.class);
        assertThat(((Result.RolledBack) result).whose()).isEqualTo(Cause.ASKED);
        assertThat(trail.intended.getFirst().detail()).isEqualTo("checkout is slow");
        assertThat(lab.target().observe().version()).contains("1.0.0");
    }

    @Test
    void aPortThatAStrangerHoldsStopsTheDeploymentBeforeTheSwitch() throws IOException {
        var stranger =
                com.sun.net.httpserver.HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), lab.port), 0);
        stranger.start();
        try {
            var result = lab.deploy(lab.release("1.0.0"), Optional.empty(), 1);

            assertThat(result).isInstanceOf(Result.Failed.class);
            var failed = (Result.Failed) result;
            assertThat(failed.step()).isEqualTo("inspect");
            assertThat(failed.whose()).isEqualTo(Cause.CONFIGURATION);
            assertThat(failed.reason())
                    .contains("port " + lab.port + " is held by process ")
                    .contains(String.valueOf(ProcessHandle.current().pid()));
            assertThat(Files.exists(lab.dir.resolve("current"))).isFalse();
            assertThat(lab.starts()).isEmpty();
        } finally {
            stranger.stop(0);
        }
    }

    @Test
    void aMissingVariableStopsTheDeploymentBeforeTheSwitch() throws IOException {
        var environment = lab.environment();
        var needy =
                new EnvironmentSettings(
                        environment.name(),
                        environment.target(),
                        java.util.List.of("NEVER_SET"),
                        environment.smoke(),
                        environment.after(),
                        environment.bake(),
                        environment.soak(),
                        environment.freeze());
        var grant = lab.grant(lab.release("1.0.0"), Optional.empty(), 1);

        var result = DeployLab.runner().run(grant, lab.target(needy), new ListTrail(), () -> false);

        assertThat(result).isInstanceOf(Result.Failed.class);
        assertThat(((Result.Failed) result).reason()).contains("NEVER_SET");
    }

    @Test
    void aCancelledDeploymentTouchesNothing() throws IOException {
        var grant = lab.grant(lab.release("1.0.0"), Optional.empty(), 1);

        var result = DeployLab.runner().run(grant, lab.target(), new ListTrail(), () -> true);

        assertThat(result).isInstanceOf(Result.Failed.class);
        assertThat(lab.dir.resolve("current")).doesNotExist();
    }

    @Test
    void aDeployerFromThePastIsRefusedByTheTarget() throws IOException {
        var first = lab.release("1.0.0");
        var second = lab.release("1.1.0");
        lab.deploy(first, Optional.empty(), 5);

        var late = lab.deploy(second, Optional.of(first), 4);

        assertThat(late).isInstanceOf(Result.Failed.class);
        assertThat(((Result.Failed) late).step()).isEqualTo("fence");
        assertThat(((Result.Failed) late).reason()).contains("deployment d5", "fence 5");
        assertThat(lab.target().observe().version()).contains("1.0.0");
        assertThat(lab.target().lastFence()).isEqualTo(5);
    }

    @Test
    void anOvertakenDeployerCannotChangeTheTargetAnyMore() throws Exception {
        var first = lab.release("1.0.0");
        var paused = lab.grant(first, Optional.empty(), 1);
        var target = lab.target();
        var steps = target.rollout(first, Optional.empty());
        for (var step : steps.subList(0, 3)) {
            target.perform(step, paused, () -> false);
        }
        lab.deploy(lab.release("1.1.0"), Optional.empty(), 2);

        for (var step : steps.subList(3, 6)) {
            assertThatThrownBy(() -> target.perform(step, paused, () -> false))
                    .isInstanceOf(StaleFence.class)
                    .hasMessageContaining("deployment d2");
        }
        assertThat(lab.target().observe().version()).contains("1.1.0");
    }

    @Test
    void aDeploymentThatTurnedBackNeverGoesForwardAgain() throws Exception {
        var good = lab.release("1.0.0");
        var bad = lab.release("1.1.0", "broken");
        lab.deploy(good, Optional.empty(), 1);
        lab.deploy(bad, Optional.of(good), 2);

        var again =
                DeployLab.runner()
                        .recover(
                                lab.grant(bad, Optional.of(good), 2),
                                lab.target(),
                                Progress.NONE,
                                new ListTrail());

        assertThat(again).isInstanceOf(Result.RolledBack.class);
        assertThat(lab.starts()).hasSize(3);
    }

    @Test
    void ofTenDeployersAtOnceOneWinsAndTheOthersAreToldWho() throws Exception {
        var release = lab.release("1.0.0");
        var target = lab.target();
        var told = new CountDownLatch(9);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var deployers =
                    LongStream.rangeClosed(1, 10)
                            .<Callable<Result>>mapToObj(
                                    fence -> () -> compete(release, target, fence, told))
                            .toList();
            var results = threads.invokeAll(deployers).stream().map(f -> f.resultNow()).toList();

            assertThat(results).filteredOn(r -> r instanceof Result.Live).hasSize(1);
            assertThat(results)
                    .filteredOn(r -> !(r instanceof Result.Live))
                    .allSatisfy(result ->
                            assertThat(((Result.Failed) result).reason())
                                    .matches("deployment d\\d+ is under way here"));
        }
        assertThat(lab.starts()).hasSize(1);
    }

    /** Whoever is first waits at its first step until all others were told. */
    private Result compete(Release release, Target target, long fence, CountDownLatch told) {
        var trail =
                new ListTrail() {
                    @Override
                    public void intend(StepEvent event) {
                        try {
                            told.await();
                        } catch (InterruptedException interrupted) {
                            throw new IllegalStateException(interrupted);
                        }
                        super.intend(event);
                    }
                };
        var grant = lab.grant(release, Optional.empty(), fence);
        var result = DeployLab.runner().run(grant, target, trail, () -> false);
        told.countDown();
        return result;
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "fence"})
    void aTrailThatBreaksBeforeTheSwitchLeavesEverything(String phase) throws IOException {
        var trail = new ListTrail();
        trail.breaksAt = phase;
        var grant = lab.grant(lab.release("1.0.0"), Optional.empty(), 1);

        var result = DeployLab.runner().run(grant, lab.target(), trail, () -> false);

        assertThat(result).isInstanceOf(Result.Failed.class);
        assertThat(lab.dir.resolve("current")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "smoke"})
    void aTrailThatBreaksAfterTheSwitchLeadsBackAndIsToldInTheReason(String phase)
            throws IOException {
        var good = lab.release("1.0.0");
        var next = lab.release("1.1.0");
        lab.deploy(good, Optional.empty(), 1);
        var trail = new ListTrail();
        trail.breaksAt = phase;
        var grant = lab.grant(next, Optional.of(good), 2);

        var result = DeployLab.runner().run(grant, lab.target(), trail, () -> false);

        assertThat(result).isInstanceOf(Result.RolledBack.class);
        assertThat(((Result.RolledBack) result).reason()).contains("the trail");
        assertThat(lab.target().observe().version()).contains("1.0.0");
        var recovered =
                DeployLab.runner().recover(grant, lab.target(), trail.progress(), new ListTrail());
        assertThat(recovered).isInstanceOf(Result.RolledBack.class);
    }
}
