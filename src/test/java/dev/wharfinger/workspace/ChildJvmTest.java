package dev.wharfinger.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.rule.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What only a process of its own can show: another locale, no native access, a cold start. */
@EnabledOnOs(OS.LINUX)
class ChildJvmTest {
    @TempDir Path scratch;

    @Test
    void namesOutsideAsciiWorkUnderTheCLocaleBehindBothWalls() throws Exception {
        Path root = Files.createDirectories(scratch.resolve("project"));
        Files.writeString(Files.createDirectory(root.resolve("\u00fc")).resolve("\u65e5"), "ja");
        for (String wall : List.of("best", "portable")) {
            List<String> lines = run(List.of("--enable-native-access=ALL-UNNAMED"), root, wall);
            assertThat(lines)
                    .contains("ANSI_X3.4-1968", "read ja", "listed \u00fc/\u65e5", "wrote");
            assertThat(root.resolve("\u00fc/neu-\u00e9-" + wall)).hasContent("neu");
            assertThat(root.resolve("\u00f6/" + wall)).hasContent("neu");
        }
    }

    @Test
    void aProjectWhoseOwnPathIsNotAsciiOpensUnderTheCLocale() throws Exception {
        Path root = Files.createDirectories(scratch.resolve("pr\u00f6jekt"));
        Files.writeString(Files.createDirectory(root.resolve("\u00fc")).resolve("\u65e5"), "ja");
        List<String> lines = run(List.of("--enable-native-access=ALL-UNNAMED"), root, "here");
        assertThat(lines).contains("wall openat2", "read ja");
    }

    @Test
    void withoutNativeAccessThePortableWallStands() throws Exception {
        Path root = Files.createDirectories(scratch.resolve("project"));
        Files.writeString(Files.createDirectory(root.resolve("\u00fc")).resolve("\u65e5"), "ja");
        var options = List.of("--illegal-native-access=deny", "--enable-native-access=java.base");
        assertThat(run(options, root, "best")).contains("wall secure-directory-stream", "read ja");
    }

    @Test
    void gitsLibraryIsLoadedOnlyWhenGitIsAsked() throws Exception {
        Path root = Files.createDirectories(scratch.resolve("project"));
        Files.writeString(Files.createDirectory(root.resolve("\u00fc")).resolve("\u65e5"), "ja");
        Files.createDirectory(root.resolve(".git"));
        List<String> lines =
                run(
                        List.of("--enable-native-access=ALL-UNNAMED", "-Xlog:class+load"),
                        root,
                        "best");
        assertThat(lines).anyMatch(line -> line.contains("dev.wharfinger.workspace.Git "));
        assertThat(lines).noneMatch(line -> line.contains("org.eclipse.jgit"));
    }

    private List<String> run(List<String> options, Path root, String wall) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(options);
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dstdout.encoding=UTF-8"));
        command.addAll(List.of("-cp", classPath()));
        command.addAll(
                List.of(Child.class.getName(), wall.equals("here") ? "." : root.toString(), wall));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(root.toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        List<String> lines =
                new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
        int exit = process.waitFor();
        List<String> own =
                lines.stream()
                        .filter(line -> !line.contains("[class,load]") || isOfInterest(line))
                        .toList();
        assertThat(exit).as(() -> String.join("\n", own)).isZero();
        return own;
    }

    /** Absolute, since the child's working folder is another. */
    private static String classPath() {
        String ours = System.getProperty("java.class.path");
        String all = System.getProperty("surefire.test.class.path", ours);
        return Arrays.stream(all.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isOfInterest(String line) {
        return line.contains("dev.wharfinger.workspace.Git") || line.contains("org.eclipse.jgit");
    }

    /** The process: reads, lists and writes names outside ASCII, and says what it saw. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Path root = Path.of(arguments[0]);
            try (Workspace workspace =
                    arguments[1].equals("portable")
                            ? Workspace.openPortable(root, Set.of())
                            : Workspace.open(root)) {
                System.out.println(System.getProperty("sun.jnu.encoding"));
                System.out.println("wall " + workspace.wall());
                System.out.println("git " + workspace.git().isPresent());
                WorkspacePath file = WorkspacePath.of("\u00fc/\u65e5");
                System.out.println(
                        "read " + granted(workspace.read(file, 100)).orElseThrow().text());
                granted(workspace.list(WorkspacePath.ROOT, 2, 100))
                        .orElseThrow()
                        .forEach(entry -> System.out.println("listed " + entry.path()));
                write(workspace, WorkspacePath.of("\u00fc/neu-\u00e9-" + arguments[1]));
                write(workspace, WorkspacePath.of("\u00f6/" + arguments[1]));
                System.out.println("wrote");
            }
        }

        private static void write(Workspace workspace, WorkspacePath path) throws IOException {
            byte[] bytes = "neu".getBytes(UTF_8);
            var grant = new WriteGrant(path, ContentHash.of(bytes), Optional.empty());
            workspace.commit(workspace.stage(grant, bytes));
        }

        private static <T> T granted(Verdict<T> verdict) {
            return FilesBehindWall.granted(verdict);
        }
    }
}
