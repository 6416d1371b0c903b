package dev.wharfinger.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

class GitStatusTest {
    @TempDir Path scratch;
    SampleRepository sample;
    Workspace workspace;

    @BeforeEach
    void build() throws Exception {
        sample = SampleRepository.in(scratch.resolve("project"));
        workspace = Workspace.open(sample.root());
    }

    @AfterEach
    void close() throws IOException {
        workspace.close();
        sample.close();
    }

    @Test
    void nothingChangedIsNothing() throws Exception {
        sample.write("a/b", "1");
        Files.createSymbolicLink(sample.root().resolve("link"), Path.of("a/b"));
        sample.commitAll("one");
        assertThat(status()).isEmpty();
    }

    @Test
    void everyKindOfChangeIsNamed() throws Exception {
        sample.write(".gitignore", "*.log\n/build/\n!kept.log\n");
        for (String name : List.of("edited", "gone", "mode", "was-file", "staged-gone", "kept/x")) {
            sample.write(name, "1");
        }
        sample.commitAll("one");
        sample.write("edited", "2");
        Files.delete(sample.root().resolve("gone"));
        assertThat(sample.root().resolve("mode").toFile().setExecutable(true)).isTrue();
        Files.delete(sample.root().resolve("was-file"));
        Files.createSymbolicLink(sample.root().resolve("was-file"), Path.of("edited"));
        sample.git().rm().addFilepattern("staged-gone").setCached(true).call();
        sample.write("added", "1");
        sample.add("added");
        for (String name :
                List.of("new/deep/file", "a.log", "kept.log", "build/out", "sub/build/out")) {
            sample.write(name, "1");
        }
        assertThat(status())
                .containsExactly(
                        "ADDED added",
                        "MODIFIED edited",
                        "DELETED gone",
                        "UNTRACKED kept.log",
                        "MODIFIED mode",
                        "UNTRACKED new/deep/file",
                        "DELETED staged-gone",
                        "UNTRACKED sub/build/out",
                        "MODIFIED was-file");
    }

    @Test
    void aChangeWithTheOldSizeAndTheOldTimeIsStillSeen() throws Exception {
        sample.write("a", "1111");
        Path file = sample.root().resolve("a");
        FileTime old = FileTime.fromMillis(1_600_000_000_000L);
        Files.setLastModifiedTime(file, old);
        sample.commitAll("one");
        assertThat(status()).isEmpty();
        Files.writeString(file, "2222");
        Files.setLastModifiedTime(file, old);
        assertThat(status()).containsExactly("MODIFIED a");
    }

    @Test
    void anIgnoredFolderIsNotEnteredUnlessSomethingInItIsTracked() throws Exception {
        sample.write("node_modules/tracked/x", "1");
        sample.commitAll("one");
        sample.write(".gitignore", "node_modules\n");
        sample.commitAll("two");
        sample.write("node_modules/tracked/x", "2");
        sample.write("node_modules/other/y", "1");
        assertThat(status()).containsExactly("MODIFIED node_modules/tracked/x");
    }

    @Test
    void aForeignRepositoryInsideIsOneEntry() throws Exception {
        sample.write("a", "1");
        sample.commitAll("one");
        SampleRepository.in(sample.root().resolve("vendor/lib")).close();
        sample.write("vendor/lib/x", "1");
        assertThat(status()).containsExactly("UNTRACKED vendor/lib");
    }

    @Test
    void theNumberOfChangesIsLimited() throws Exception {
        for (int i = 0; i < 30; i++) {
            sample.write("f" + i, "1");
        }
        assertThat(workspace.git().status(7)).hasSize(7);
        assertThat(workspace.git().status()).hasSize(30);
    }

    @Test
    void ourOwnTempsAreNoChange() throws Exception {
        sample.write("k/a", "1");
        sample.commitAll("one");
        Staged staged = workspace.stage(FilesBehindWall.grant("k/b", "x"), "x".getBytes(UTF_8));
        assertThat(status()).isEmpty();
        workspace.commit(staged);
        assertThat(status()).containsExactly("UNTRACKED k/b");
    }

    /** The same tree, changed at random, judged by Git itself. */
    @Test
    void agreesWithGitOnRandomTrees() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "no git to compare with");
        long seed = Long.getLong("wharf.seed", 20261122L);
        var random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            change(random, 25);
            if (random.nextBoolean()) {
                sample.commitAll("round " + round);
                change(random, 12);
            }
            if (random.nextInt(3) == 0) {
                sample.add("a");
            }
            assertThat(new TreeMap<>(ours())).as("seed %d round %d", seed, round).isEqualTo(gits());
        }
    }

    private void change(Random random, int times) throws IOException {
        List<String> folders = List.of("", "a/", "a/b/", "build/", "c/build/", "c/d/");
        List<String> names = List.of("x", "y.log", "z.txt", "keep.log", "build");
        List<String> rules =
                List.of(
                        "*.log",
                        "!keep.log",
                        "build/",
                        "/build",
                        "x",
                        "a/b",
                        "**/z.txt",
                        "#x",
                        "d/*",
                        "!d/x",
                        "");
        for (int i = 0; i < times; i++) {
            Path folder = sample.root().resolve(pick(random, folders));
            Path file = folder.resolve(pick(random, names));
            if (Files.isRegularFile(folder) || Files.isDirectory(file)) {
                continue;
            }
            try {
                Files.createDirectories(folder);
            } catch (java.nio.file.FileAlreadyExistsException
                    | java.nio.file.NotDirectoryException isFile) {
                continue;
            }
            switch (random.nextInt(8)) {
                case 0 -> Files.deleteIfExists(file);
                case 1 ->
                        Files.writeString(
                                folder.resolve(".gitignore"),
                                pick(random, rules) + "\n" + pick(random, rules) + "\n");
                default -> Files.writeString(file, Integer.toString(random.nextInt(3)));
            }
        }
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private Map<String, String> ours() {
        var found = new TreeMap<String, String>();
        workspace.git().status().forEach(c -> found.put(c.path().toString(), c.kind().name()));
        return found;
    }

    private Map<String, String> gits() throws Exception {
        var builder =
                new ProcessBuilder(
                        "/usr/bin/git",
                        "-c",
                        "core.quotepath=false",
                        "status",
                        "--porcelain",
                        "-uall",
                        "--no-renames");
        builder.directory(sample.root().toFile());
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
        builder.environment().put("GIT_CONFIG_COUNT", "1");
        builder.environment().put("GIT_CONFIG_KEY_0", "safe.directory");
        builder.environment().put("GIT_CONFIG_VALUE_0", "*");
        Process process = builder.redirectErrorStream(true).start();
        var found = new TreeMap<String, String>();
        for (String line :
                new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList()) {
            char staged = line.charAt(0);
            char work = line.charAt(1);
            String path = line.substring(3);
            if (staged == '?') {
                found.putIfAbsent(path, "UNTRACKED");
            } else if (staged == 'A' && work != 'D') {
                found.put(path, "ADDED");
            } else if (staged == 'D' || work == 'D' && staged != 'A') {
                found.put(path, "DELETED");
            } else if (staged != 'A') {
                found.put(path, "MODIFIED");
            }
        }
        assertThat(process.waitFor()).isZero();
        return found;
    }

    private List<String> status() {
        var lines = new ArrayList<String>();
        workspace.git().status().forEach(c -> lines.add(c.kind() + " " + c.path()));
        return lines;
    }
}
