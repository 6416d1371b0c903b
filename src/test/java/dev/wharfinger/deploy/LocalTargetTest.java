package dev.wharfinger.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.deploy.DeployLab.ListTrail;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

class LocalTargetTest {
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
    void aRolloutIsDataAndBuildingItDoesNothing() throws IOException {
        var old = lab.release("1.0.0");
        var next = lab.release("1.1.0");
        var target = lab.target();

        assertThat(titles(target.rollout(next, Optional.of(old))))
                .isEqualTo(
                        """
                        look at the target
                        stage release NEW
                        take the target
                        switch current to NEW
                        stop what ran before
                        start NEW
                        wait for HEALTH
                        observe NEW
                        run 1 smoke tests
                        keep five releases
                        """
                                .replace("NEW", next.toString())
                                .replace("HEALTH", lab.url("/healthz").toString()));
        assertThat(titles(target.rollback(next, Optional.of(old))))
                .isEqualTo(
                        """
                        turn back from NEW
                        stage release OLD
                        switch current to OLD
                        stop NEW
                        start OLD
                        wait for HEALTH
                        observe OLD
                        """
                                .replace("NEW", next.toString())
                                .replace("OLD", old.toString())
                                .replace("HEALTH", lab.url("/healthz").toString()));
        assertThat(titles(target.rollback(next, Optional.empty())))
                .isEqualTo(
                        "turn back from NEW\nremove current\nstop NEW\n"
                                .replace("NEW", next.toString()));
        assertThat(lab.dir).doesNotExist();
    }

    @Test
    void aReleaseGoesLiveAndTheNextOneReplacesIt() throws IOException {
        var first = lab.release("1.0.0");
        var second = lab.release("1.1.0");
        assertThat(lab.deploy(first, Optional.empty(), 1)).isInstanceOf(Result.Live.class);

        var trail = new ListTrail();
        var result =
                DeployLab.runner()
                        .run(
                                lab.grant(second, Optional.of(first), 2),
                                lab.target(),
                                trail,
                                () -> false);

        assertThat(result).isInstanceOf(Result.Live.class);
        var live = (Result.Live) result;
        assertThat(live.observed().version()).contains("1.1.0");
        assertThat(live.observed().release()).contains(second.artifact());
        assertThat(live.smoke()).hasSize(1).allMatch(SmokeResult::passed);
        assertThat(live.times()).extracting(PhaseTime::phase).startsWith("inspect", "stage");
        assertThat(trail.intended)
                .extracting(StepEvent::phase)
                .containsExactlyElementsOf(trail.done.stream().map(StepEvent::phase).toList());
        assertThat(lab.starts()).containsExactly("1.0.0 d1", "1.1.0 d2");
        assertThat(lab.living()).hasSize(1);
        assertThat(lab.target().foreignChange(Optional.of(second))).isEmpty();
    }

    @Test
    void aServiceOutlivesItsDeployerAndIsAdoptedByTheNext() throws IOException {
        var release = lab.release("1.0.0");
        lab.deploy(release, Optional.empty(), 1);

        var observed = new DeployLab(folder, lab.port).target().observe();

        assertThat(observed.healthy()).isTrue();
        assertThat(observed.pid()).contains(lab.living().getFirst().pid());
        assertThat(observed.version()).contains("1.0.0");
    }

    @Test
    void aDeadServiceIsToldAndNotStartedAgain() throws IOException {
        var release = lab.release("1.0.0");
        lab.deploy(release, Optional.empty(), 1);
        var running = lab.services.adopt(lab.living().getFirst()).orElseThrow();
        lab.services.stop(running, Duration.ZERO);

        var observed = lab.target().observe();

        assertThat(observed.healthy()).isFalse();
        assertThat(observed.detail()).contains("the service does not run");
        assertThat(lab.target().foreignChange(Optional.of(release))).isEmpty();
        assertThat(lab.living()).isEmpty();
    }

    @Test
    void theServiceSeesTheDeclaredVariablesAndNoOthers() throws IOException {
        lab.deploy(lab.release("1.0.0"), Optional.empty(), 1);
        var pid = lab.living().getFirst().pid();
        var environment = Files.readString(Path.of("/proc/" + pid + "/environ")).split("\0");

        assertThat(environment)
                .extracting(line -> line.substring(0, line.indexOf('=')))
                .contains("PATH", "STARTS", "DATABASE_URL", "WHARF_DEPLOYMENT", "WHARF_RELEASE")
                .doesNotContain("NOT_DECLARED");
    }

    @Test
    void currentIsNeverMissingWhileReleasesAreSwitched() throws Exception {
        var one = lab.release("1.0.0");
        var other = lab.release("1.1.0");
        lab.deploy(one, Optional.empty(), 1);
        var folderOfTarget = new TargetFolder(lab.dir);
        new ReleaseStore(lab.dir.resolve("releases")).add(folder.resolve("source-1.1.0"), "x");
        var looking = new AtomicBoolean(true);
        var looks = new AtomicInteger();
        var misses = new AtomicInteger();
        var watcher =
                Thread.ofPlatform()
                        .start(() -> {
                            while (looking.get()) {
                                looks.incrementAndGet();
                                if (!Files.exists(lab.dir.resolve("current/version"))) {
                                    misses.incrementAndGet();
                                }
                            }
                        });
        for (int i = 0; i < 300; i++) {
            folderOfTarget.makeCurrent(i % 2 == 0 ? other : one, 2);
        }
        looking.set(false);
        watcher.join();

        assertThat(looks.get()).isGreaterThan(300);
        assertThat(misses.get()).isZero();
    }

    @Test
    void fiveReleasesAreKeptAndThePreviousOneAlways() throws IOException {
        var target = new TargetFolder(lab.dir);
        target.make();
        var releases = new ArrayList<Release>();
        for (int i = 1; i <= 8; i++) {
            var release = lab.release("1." + i);
            target.releases().add(folder.resolve("source-1." + i), "x");
            target.makeCurrent(release, i);
            releases.add(release);
        }
        target.makeCurrent(releases.getFirst(), 9);

        int gone = target.keep(5, List.of(releases.get(1).artifact()));

        assertThat(gone).isEqualTo(3);
        assertThat(target.receipts())
                .extracting(receipt -> receipt.release().version())
                .containsExactly("1.1", "1.8", "1.7", "1.6", "1.2");
    }

    @Test
    void whatNobodyDeployedIsAForeignChange() throws IOException {
        var release = lab.release("1.0.0");
        var other = lab.release("1.1.0");
        lab.deploy(release, Optional.empty(), 1);
        assertThat(lab.target().foreignChange(Optional.of(release))).isEmpty();
        assertThat(lab.target().foreignChange(Optional.of(other))).isPresent();
        assertThat(lab.target().foreignChange(Optional.empty())).isPresent();

        Files.delete(lab.dir.resolve("current"));
        assertThat(lab.target().foreignChange(Optional.of(release)).orElseThrow())
                .contains("`current` is gone");
        Files.createSymbolicLink(lab.dir.resolve("current"), Path.of("/tmp"));
        assertThat(lab.target().foreignChange(Optional.of(release)).orElseThrow())
                .contains("`current` is a link to /tmp");
        assertThat(lab.deploy(other, Optional.of(release), 2)).isInstanceOf(Result.Failed.class);
    }

    @Test
    void aReturnIsReadyOnlyWhileTheBytesAreThere() throws IOException {
        var release = lab.release("1.0.0");
        lab.deploy(release, Optional.empty(), 1);
        assertThat(lab.target().readiness(Optional.empty())).isEqualTo(new Readiness.Absent());
        assertThat(lab.target().readiness(Optional.of(release)))
                .isEqualTo(new Readiness.Ready(release, "in the target"));

        tamper(lab.dir.resolve("releases").resolve(release.artifact().hex()));
        assertThat(lab.target().readiness(Optional.of(release)))
                .isEqualTo(new Readiness.Ready(release, "in the artifact store"));
        assertThat(lab.target().foreignChange(Optional.of(release)).orElseThrow())
                .contains("were changed");
        tamper(folder.resolve("artifacts").resolve(release.artifact().hex()));
        assertThat(lab.target().readiness(Optional.of(release)))
                .isInstanceOf(Readiness.NotReady.class);
    }

    private static void tamper(Path release) throws IOException {
        var file = release.resolve("static/page.html");
        Files.setPosixFilePermissions(
                file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(file, "<p>changed");
    }

    private static String titles(List<Step> steps) {
        return String.join("\n", steps.stream().map(Step::title).toList()) + "\n";
    }
}
