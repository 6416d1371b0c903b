package dev.wharfinger.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class LauncherTest {
    @TempDir private Path room = Path.of("/");
    private Path jdk = room;

    private Checkout checkout() throws IOException {
        Path folder = Files.createDirectories(room.resolve("the checkout/of wharf"));
        var checkout = new Checkout(folder);
        jdk = checkout.jdk("jdk 25", "25.0.3");
        return checkout;
    }

    private Map<String, String> with(Path jdk) {
        return Map.of("JAVA_HOME", jdk.toString(), "TMPDIR", room.toString());
    }

    @Test
    void everyArgumentArrivesAsItWasWritten() throws Exception {
        var checkout = checkout();
        var run = checkout.run(with(jdk), "stdio", "a b", "", "$HOME `x` \"y\" *");
        assertThat(run.code()).isZero();
        assertThat(run.arguments())
                .endsWith("dev.wharfinger.Main", "stdio", "a b", "", "$HOME `x` \"y\" *");
    }

    @Test
    void jarsStandInTheOrderOfTheBuild() throws Exception {
        var checkout = checkout();
        String root = checkout.folder().toString();
        assertThat(checkout.run(with(jdk)).arguments())
                .containsSubsequence(
                        "-cp",
                        root
                                + "/target/launch/wharfinger.jar:"
                                + root
                                + "/target/lib/b.jar:"
                                + root
                                + "/target/lib/a.jar");
    }

    @Test
    void theCacheIsMadeOnceAndThenUsed() throws Exception {
        var checkout = checkout();
        var first = checkout.run(with(jdk), "--version");
        assertThat(first.err()).contains("making the start-up cache");
        assertThat(checkout.hasCache("25.0.3")).isTrue();
        var second = checkout.run(with(jdk), "--version");
        assertThat(second.err()).isEmpty();
        assertThat(second.arguments())
                .contains("-XX:AOTCache=" + checkout.launch().resolve("25.0.3+9.aot"))
                .doesNotContain("-Xshare:auto");
    }

    @Test
    void aCacheThatCannotBeMadeIsSaidOnceAndHindersNothing() throws Exception {
        var checkout = checkout();
        var environment =
                Map.of("JAVA_HOME", jdk.toString(), "NO_CACHE", "1", "TMPDIR", room.toString());
        assertThat(checkout.run(environment, "--version").err()).contains("no start-up cache");
        var second = checkout.run(environment, "--version");
        assertThat(second.err()).isEmpty();
        assertThat(second.arguments()).noneMatch(each -> each.startsWith("-XX:AOTCache"));
    }

    @Test
    void anotherJdkGetsACacheOfItsOwn() throws Exception {
        var checkout = checkout();
        checkout.run(with(jdk), "--version");
        checkout.run(with(checkout.jdk("jdk 26", "26")), "--version");
        assertThat(checkout.hasCache("25.0.3")).isTrue();
        assertThat(checkout.hasCache("26")).isTrue();
    }

    @Test
    void aNewerBuildIsTakenOverAndItsOldCacheDropped() throws Exception {
        var checkout = checkout();
        checkout.run(with(jdk), "--version");
        Files.writeString(checkout.folder().resolve("target/lib/classpath.txt"), "lib/c.jar");
        Path jar = Files.writeString(checkout.folder().resolve("target/wharfinger.jar"), "newer");
        Files.setLastModifiedTime(
                checkout.launch().resolve("wharfinger.jar"),
                FileTime.fromMillis(Files.getLastModifiedTime(jar).toMillis() - 5_000));
        var run = checkout.run(with(jdk), "--version");
        assertThat(run.err()).contains("making the start-up cache");
        assertThat(run.arguments()).anyMatch(each -> each.endsWith("/target/lib/c.jar"));
        assertThat(checkout.launch().resolve("wharfinger.jar")).hasContent("newer");
    }

    @Test
    void anOldJdkInJavaHomeIsPassedOver() throws Exception {
        var checkout = checkout();
        Files.writeString(checkout.launch().resolve("jdk"), jdk + "\n");
        var run = checkout.run(with(checkout.jdk("jdk17", "17.0.15")), "jdk");
        assertThat(run.out()).isEqualTo(jdk + "\n");
    }

    @Test
    void aJdkOnThePathIsFoundThroughItsLinks() throws Exception {
        var checkout = checkout();
        Path bin = Files.createDirectories(room.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("java"), room.resolve("java-link"));
        Files.createSymbolicLink(room.resolve("java-link"), jdk.resolve("bin/java"));
        var run = checkout.run(Map.of("PATH", bin + ":/usr/bin:/bin"), "jdk");
        assertThat(run.out()).isEqualTo(jdk + "\n");
    }

    @Test
    void aNamedJdkThatDoesNotFitIsConfiguration() throws Exception {
        var checkout = checkout();
        Path old = checkout.jdk("jdk17", "17.0.15");
        var run = checkout.run(Map.of("WHARF_JAVA_HOME", old.toString()), "--version");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("WHARF_JAVA_HOME is " + old, "25 or newer");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void optionsOfOtherToolsDoNotReachTheJvm() throws Exception {
        var checkout = checkout();
        var run =
                checkout.run(
                        Map.of("JAVA_HOME", jdk.toString(), "JAVA_TOOL_OPTIONS", "-Dx=y"), "stdio");
        assertThat(run.out()).contains("options none");
    }

    /** In the C locale a JVM can neither be given nor open a file whose name is not ASCII. */
    @Test
    void productAndTestsCanNameEveryFile() throws Exception {
        var checkout = checkout();
        for (String command : List.of("stdio", "test")) {
            var german = new HashMap<>(with(jdk));
            german.put("LANG", "de_DE.UTF-8");
            var c = new HashMap<>(with(jdk));
            c.put("LANG", "C");
            assertThat(checkout.run(with(jdk), command).out()).contains("locale C.UTF-8");
            assertThat(checkout.run(c, command).out()).contains("locale C.UTF-8");
            assertThat(checkout.run(german, command).out()).contains("locale none");
        }
    }

    @Test
    void aLinkFromAnotherFolderWorksThere() throws Exception {
        var checkout = checkout();
        Path bin = Files.createDirectories(room.resolve("my bin"));
        Path link = bin.resolve("wharf");
        Files.createSymbolicLink(link, Path.of("../the checkout/of wharf/wharf"));
        Path project = Files.createDirectories(room.resolve("a project")).toRealPath();
        var run = checkout.run(link, project, with(jdk), "stdio");
        assertThat(run.out()).contains("folder " + project + "\n");
        assertThat(run.arguments()).contains("-Dwharf.home=" + bin + "/../the checkout/of wharf");
    }

    @Test
    void theExitCodeIsTheProgramsOwn() throws Exception {
        var checkout = checkout();
        var environment = Map.of("JAVA_HOME", jdk.toString(), "FAKE_CODE", "74");
        assertThat(checkout.run(environment, "stdio").code()).isEqualTo(74);
    }

    @Test
    void aLockWhoseBuilderIsGoneIsTakenOver() throws Exception {
        var checkout = checkout();
        Path lock = Files.createDirectories(checkout.folder().resolve("target/build.lock"));
        Files.writeString(lock.resolve("pid"), "999999999\n");
        assertThat(checkout.run(with(jdk), "--version").code()).isZero();
        assertThat(lock).doesNotExist();
    }

    @Test
    void aCheckoutThatCannotBeWrittenStartsWithoutACache() throws Exception {
        assumeFalse(System.getProperty("user.name", "").equals("root"), "root writes everywhere");
        var checkout = checkout();
        assertThat(checkout.launch().toFile().setWritable(false)).isTrue();
        try {
            var run = checkout.run(with(jdk), "--version");
            assertThat(run.err()).isEmpty();
            assertThat(run.arguments()).noneMatch(each -> each.startsWith("-XX:AOTCache"));
        } finally {
            assertThat(checkout.launch().toFile().setWritable(true)).isTrue();
        }
    }
}
