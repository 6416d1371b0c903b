package dev.wharfinger.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A deployer killed with SIGKILL, at a moment of a step or at any moment, and a recovery by another
 * process: one effect, and a valid {@code current}. The suite takes a few of the points, by a seed;
 * {@code -Dwharf.kills=1000} takes all, {@code -Dwharf.kills.times=5} each of them five times.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("wharf.kills", 6);
    private static final List<String> FORWARD =
            List.of(
                    "inspect", "stage", "fence", "switch", "stop", "start", "health", "observe",
                    "smoke", "keep");
    private static final List<String> BACK =
            List.of("turn-back", "switch", "stop", "start", "health", "observe");
    private static final List<String> RETURN =
            List.of("turn-back", "stage", "switch", "stop", "start", "health", "observe");

    @TempDir Path folder;

    @TestFactory
    Stream<DynamicTest> aDeployerKilledAtAnyTransitionEndsWellOnce() {
        long seed = Long.getLong("wharf.seed", 20261126L);
        System.out.println("KillTest: -Dwharf.seed=" + seed);
        var points = new ArrayList<String>();
        for (var moment : List.of("before-effect", "after-effect", "after-record")) {
            FORWARD.forEach(phase -> points.add("forward " + phase + " " + moment));
            BACK.forEach(phase -> points.add("back " + phase + " " + moment));
            RETURN.forEach(phase -> points.add("return " + phase + " " + moment));
        }
        var random = new Random(seed);
        Collections.shuffle(points, random);
        int times = Integer.getInteger("wharf.kills.times", 1);
        return Collections.nCopies(times, points).stream()
                .flatMap(List::stream)
                .limit((long) KILLS * times)
                .map(point -> {
                    boolean first = random.nextInt(3) == 0 && isReachedFirst(point);
                    return DynamicTest.dynamicTest(
                            point + (first ? ", first deployment" : ""),
                            () -> killAt(point, first));
                });
    }

    @TestFactory
    Stream<DynamicTest> aDeployerKilledAtAnyMomentEndsWellOnce() {
        long seed = Long.getLong("wharf.seed", 20261126L);
        System.out.println("KillTest: -Dwharf.seed=" + seed);
        var random = new Random(seed);
        return random.longs(Math.min(KILLS, 100) / 2, 0, 2000)
                .mapToObj(millis ->
                        DynamicTest.dynamicTest(
                                "after " + millis + " ms",
                                () -> killAfter(millis, random.nextBoolean())));
    }

    /** Where nothing ran before there is nothing to stop, and nothing to start on the way back. */
    private static boolean isReachedFirst(String point) {
        return !point.matches("back (start|health|observe) .*")
                && !point.startsWith("forward stop")
                && !point.startsWith("return ");
    }

    private void killAt(String point, boolean first) throws Exception {
        boolean back = point.startsWith("back");
        try (var lab = new DeployLab(Files.createTempDirectory(folder, "kill"))) {
            var plan = Plan.of(lab, first, back);
            if (point.startsWith("return ")) {
                var live = lab.deploy(plan.release(), plan.previous(), 2);
                assertThat(live).isInstanceOf(Result.Live.class);
            }
            if (point.startsWith(
                    "return stage")) { // it was kept no longer: it comes from the store
                String digest = plan.previous().orElseThrow().artifact().hex();
                ReleaseStore.deleteTree(lab.dir.resolve("releases").resolve(digest));
            }
            var deployer = deployer(lab, plan, point);
            try (var lines = output(deployer)) {
                assertThat(lines.lines().anyMatch("HERE"::equals)).as("reached " + point).isTrue();
            }
            kill(deployer);
            if (point.startsWith("return ")) {
                returnAgain(lab, plan);
            } else {
                recover(lab, plan);
            }
        }
    }

    private static void returnAgain(DeployLab lab, Plan plan) throws IOException {
        var trail = new MortalDeployer.FileTrail(lab.root.resolve("trail"), "none");
        var target = lab.target();
        assertThat(lab.dir.resolve("current/version")).as("current meanwhile").exists();
        var result =
                DeployLab.runner()
                        .returnAgain(
                                lab.grant(plan.release(), plan.previous(), 3),
                                MortalDeployer.REASON,
                                target,
                                trail.read(),
                                trail);
        var seen = target.observe();
        assertThat(result).as(result + " / " + seen).isInstanceOf(Result.RolledBack.class);
        assertThat(seen.release()).isEqualTo(plan.previous().map(Release::artifact));
        assertThat(seen.healthy()).isTrue();
        assertThat(target.foreignChange(plan.previous())).isEmpty();
        assertThat(lab.living()).hasSize(1);
        assertThat(lab.starts()).as("each start once").doesNotHaveDuplicates();
    }

    private void killAfter(long millis, boolean back) throws Exception {
        try (var lab = new DeployLab(Files.createTempDirectory(folder, "kill"))) {
            var plan = Plan.of(lab, false, back);
            var deployer = deployer(lab, plan, "none");
            try (var lines = output(deployer)) {
                assertThat(lines.readLine()).isEqualTo("READY");
                deployer.waitFor(millis, TimeUnit.MILLISECONDS);
                kill(deployer);
            }
            recover(lab, plan);
        }
    }

    private static void recover(DeployLab lab, Plan plan) throws IOException {
        var trail = new MortalDeployer.FileTrail(lab.root.resolve("trail"), "none");
        var target = lab.target();
        plan.previous()
                .ifPresent(there ->
                        assertThat(lab.dir.resolve("current/version"))
                                .as("current before the recovery")
                                .exists());

        var result =
                DeployLab.runner()
                        .recover(
                                lab.grant(plan.release(), plan.previous(), 2),
                                target,
                                trail.read(),
                                trail);

        var seen = target.observe();
        assertThat(result)
                .as(result + " / " + seen)
                .isInstanceOf(plan.broken() ? Result.RolledBack.class : Result.Live.class);
        var runs = plan.broken() ? plan.previous() : Optional.of(plan.release());
        assertThat(seen.release()).isEqualTo(runs.map(Release::artifact));
        assertThat(seen.healthy()).isEqualTo(runs.isPresent());
        assertThat(target.foreignChange(runs)).isEmpty();
        assertThat(lab.living()).hasSize(runs.isPresent() ? 1 : 0);
        assertThat(lab.starts()).as("each start once").doesNotHaveDuplicates();
    }

    private record Plan(Release release, Optional<Release> previous, boolean broken) {
        static Plan of(DeployLab lab, boolean first, boolean broken) throws IOException {
            var previous = Optional.<Release>empty();
            if (!first) {
                previous = Optional.of(lab.release("1.0.0"));
                var live = lab.deploy(previous.get(), Optional.empty(), 1);
                assertThat(live).isInstanceOf(Result.Live.class);
            }
            var release = broken ? lab.release("1.1.0", "broken") : lab.release("1.1.0");
            return new Plan(release, previous, broken);
        }
    }

    private static Process deployer(DeployLab lab, Plan plan, String point) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MortalDeployer.class.getName(),
                        lab.root.toString(),
                        Integer.toString(lab.port),
                        MortalDeployer.text(plan.release()),
                        plan.previous().map(MortalDeployer::text).orElse(""),
                        point)
                .redirectErrorStream(true)
                .start();
    }

    private static BufferedReader output(Process deployer) {
        return new BufferedReader(new InputStreamReader(deployer.getInputStream()));
    }

    private static void kill(Process deployer) throws InterruptedException {
        deployer.destroyForcibly();
        deployer.waitFor();
    }
}
