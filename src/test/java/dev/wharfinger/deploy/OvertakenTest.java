package dev.wharfinger.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import dev.wharfinger.deploy.DeployLab.ListTrail;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** What happens to a target while a deployment is under way, or after its deployer is gone. */
class OvertakenTest {
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

    @Test
    void aReleaseThatDiesWhileItSoaksIsTakenBack() throws IOException {
        var good = lab.release("1.0.0");
        lab.deploy(good, Optional.empty(), 1);
        var target = lab.target(lab.environment(lab.settings(), Duration.ofSeconds(30)));
        var grant = lab.grant(lab.release("1.1.0", "dies"), Optional.of(good), 2);

        var result = DeployLab.runner().run(grant, target, new ListTrail(), () -> false);

        assertThat(result).isInstanceOf(Result.RolledBack.class);
        assertThat(((Result.RolledBack) result).step()).isEqualTo("soak");
        assertThat(lab.target().observe().version()).contains("1.0.0");
    }

    @Test
    void aReleaseThatStaysHealthySoaksAndIsLive() throws IOException {
        var target = lab.target(lab.environment(lab.settings(), Duration.ofMillis(50)));
        var grant = lab.grant(lab.release("1.0.0"), Optional.empty(), 1);

        var result = DeployLab.runner().run(grant, target, new ListTrail(), () -> false);

        assertThat(result).isInstanceOf(Result.Live.class);
        assertThat(result.times()).extracting(PhaseTime::phase).contains("soak");
    }

    @Test
    void aRollbackTakesTheTargetFromARunningDeployment() throws Exception {
        var good = lab.release("1.0.0");
        var hanging = lab.release("1.1.0", "unhealthy");
        lab.deploy(good, Optional.empty(), 1);
        var target = lab.target();
        var waiting = new CountDownLatch(1);
        var trail =
                new ListTrail() {
                    @Override
                    public void intend(StepEvent event) {
                        super.intend(event);
                        if (event.phase().equals("health")) {
                            waiting.countDown();
                        }
                    }
                };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var grant = lab.grant(hanging, Optional.of(good), 2);
            var running =
                    threads.submit(() -> DeployLab.runner().run(grant, target, trail, () -> false));
            waiting.await();

            var back =
                    DeployLab.runner()
                            .rollBack(
                                    lab.grant(hanging, Optional.of(good), 3),
                                    "stop it",
                                    target,
                                    new ListTrail());

            assertThat(back).isInstanceOf(Result.RolledBack.class);
            assertThat(running.get()).isInstanceOf(Result.Unresolved.class);
            assertThat(((Result.Unresolved) running.get()).whose()).isEqualTo(Cause.OVERTAKEN);
        }
        assertThat(target.observe().healthy()).isTrue();
        assertThat(target.observe().version()).contains("1.0.0");
        assertThat(lab.living()).hasSize(1);
    }

    @Test
    void aRecoveryStartsAServiceThatDiedWithItsMachine() throws Exception {
        var release = lab.release("1.0.0");
        var grant = lab.grant(release, Optional.empty(), 1);
        var trail = interrupted(grant, "health");
        var service = lab.services.adopt(lab.living().getFirst()).orElseThrow();
        lab.services.stop(service, Duration.ZERO);

        var result =
                DeployLab.runner().recover(grant, lab.target(), trail.progress(), new ListTrail());

        assertThat(result).isInstanceOf(Result.Live.class);
        assertThat(lab.living()).hasSize(1);
    }

    @Test
    void aRecoveryThatFindsAStrangerOnThePortTurnsBack() throws Exception {
        var release = lab.release("1.0.0");
        var grant = lab.grant(release, Optional.empty(), 1);
        var trail = interrupted(grant, "start");
        var stranger = stranger();
        try {
            var result =
                    DeployLab.runner()
                            .recover(grant, lab.target(), trail.progress(), new ListTrail());

            assertThat(result).isInstanceOf(Result.RolledBack.class);
            assertThat(((Result.RolledBack) result).reason()).contains("is held by process");
            assertThat(lab.dir.resolve("current")).doesNotExist();
            assertThat(lab.living()).isEmpty();
        } finally {
            stranger.stop(0);
        }
    }

    @Test
    void aStrangerThatAnswersHealthIsNotTakenForTheService() throws IOException {
        var release = lab.release("1.0.0");
        lab.deploy(release, Optional.empty(), 1);
        var service = lab.services.adopt(lab.living().getFirst()).orElseThrow();
        lab.services.stop(service, Duration.ZERO);
        var stranger = stranger();
        try {
            var observed = lab.target().observe();

            assertThat(observed.healthy()).isFalse();
            assertThat(observed.detail()).contains("port " + lab.port + " is held by process");
            assertThat(lab.target().foreignChange(Optional.of(release))).isPresent();
        } finally {
            stranger.stop(0);
        }
    }

    @Test
    void aProgramThatIsNotThereStopsTheDeploymentBeforeTheSwitch() throws IOException {
        var settings =
                new LocalSettings(
                        lab.dir,
                        List.of("no-such-program"),
                        Optional.empty(),
                        lab.url("/healthz"),
                        Optional.empty());
        var grant = lab.grant(lab.release("1.0.0"), Optional.empty(), 1);

        var result =
                DeployLab.runner()
                        .run(
                                grant,
                                lab.target(lab.environment(settings)),
                                new ListTrail(),
                                () -> false);

        assertThat(result).isInstanceOf(Result.Failed.class);
        assertThat(((Result.Failed) result).whose()).isEqualTo(Cause.CONFIGURATION);
    }

    /** The trail of a deployer that died right before this phase. */
    private ListTrail interrupted(DeployGrant grant, String phase) throws StepFailed {
        var target = lab.target();
        var trail = new ListTrail();
        for (var step : target.rollout(grant.release(), grant.previous())) {
            var name = step.effect().phase();
            if (name.equals(phase)) {
                return trail;
            }
            var event = new StepEvent(grant.deployment(), grant.fence(), Way.FORWARD, name, "");
            trail.intend(event);
            target.perform(step, grant, () -> false);
            trail.done(event);
        }
        throw new IllegalArgumentException(phase);
    }

    private HttpServer stranger() throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), lab.port);
        var stranger = HttpServer.create(address, 0);
        stranger.createContext(
                "/",
                call -> {
                    call.sendResponseHeaders(200, -1);
                    call.close();
                });
        stranger.start();
        return stranger;
    }
}
