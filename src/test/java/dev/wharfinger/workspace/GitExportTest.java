package dev.wharfinger.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class GitExportTest {
    @TempDir Path scratch;
    SampleRepository sample;
    Workspace workspace;
    Git git;
    Path out;

    @BeforeEach
    void build() throws Exception {
        sample = SampleRepository.in(scratch.resolve("project"));
        workspace = Workspace.open(sample.root());
        git = workspace.git();
        out = scratch.resolve("out");
    }

    @AfterEach
    void close() throws IOException {
        workspace.close();
        sample.close();
    }

    @Test
    void aCheckoutHoldsTheFilesOfTheCommitAndNothingElse() throws Exception {
        byte[] big = new byte[200_000];
        new Random(3).nextBytes(big);
        Files.write(sample.root().resolve("big.bin"), big);
        sample.write("a/b/c/deep", "deep\r\n");
        sample.write("a/b.txt", "b");
        sample.write("\u00fcbersicht.md", "\u00fc");
        sample.write("run.sh", "#!");
        assertThat(sample.root().resolve("run.sh").toFile().setExecutable(true)).isTrue();
        CommitId commit = sample.commitAll("one");
        sample.write("untracked", "x");
        git.export(commit, out);
        assertThat(tree(out))
                .containsExactly(
                        "a",
                        "a/b",
                        "a/b.txt",
                        "a/b/c",
                        "a/b/c/deep",
                        "big.bin",
                        "run.sh",
                        "\u00fcbersicht.md");
        assertThat(out.resolve("big.bin")).hasBinaryContent(big);
        assertThat(out.resolve("a/b/c/deep")).hasBinaryContent("deep\r\n".getBytes(UTF_8));
        assertThat(mode("run.sh")).isEqualTo("rwxr-xr-x");
        assertThat(mode("a/b.txt")).isEqualTo("rw-r--r--");
    }

    @Test
    void aFolderThatHoldsSomethingIsNotWrittenInto() throws Exception {
        sample.write("a", "1");
        CommitId commit = sample.commitAll("one");
        Files.createDirectories(out);
        Files.writeString(out.resolve("kept"), "kept");
        assertThatThrownBy(() -> git.export(commit, out))
                .isInstanceOf(DirectoryNotEmptyException.class);
        assertThat(tree(out)).containsExactly("kept");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file", "../file", "sub", "./sub/x", "sub/../file", "missing", "next", ".."})
    void aLinkThatStaysInsideIsMade(String says) throws Exception {
        CommitId commit = linking("d/link", says);
        git.export(commit, out);
        Path link = out.resolve("d/link");
        assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of(says));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "../../outside",
                "../..",
                "next/../../x",
                "next/x",
                "sub/../../../x",
                "a//b",
                "",
                "x\u0001",
                "../.git/../../x"
            })
    void aLinkThatMayLeadOutsideRefusesTheCommit(String says) throws Exception {
        CommitId commit = linking("d/link", says);
        assertThatThrownBy(() -> git.export(commit, out)).isInstanceOf(PathRefused.class);
        assertThat(out).doesNotExist();
    }

    @Test
    void aSubmoduleIsAnEmptyFolder() throws Exception {
        ObjectId tree =
                sample.tree(
                        List.of(
                                new SampleRepository.Entry(
                                        "a", FileMode.REGULAR_FILE, sample.blob("1")),
                                new SampleRepository.Entry(
                                        "lib",
                                        FileMode.GITLINK,
                                        ObjectId.fromString("7".repeat(40)))));
        git.export(sample.commit(tree), out);
        assertThat(tree(out)).containsExactly("a", "lib");
    }

    @ParameterizedTest
    @CsvSource({
        "..",
        ".",
        ".git",
        ".GIT",
        ".gi\u200dt",
        "git~1",
        "GIT~1",
        ".git.",
        "'.git '",
        "a\\b",
        "a:b",
        "e\u0301",
        "a\u202eb",
        "'\u0000x'"
    })
    void aTreeWithAStrangeNameIsRefused(String name) throws Exception {
        ObjectId blob = sample.blob("x");
        for (FileMode mode : List.of(FileMode.REGULAR_FILE, FileMode.TREE)) {
            ObjectId id = mode == FileMode.TREE ? sample.tree(List.of(file("config", blob))) : blob;
            ObjectId tree = sample.tree(List.of(new SampleRepository.Entry(name, mode, id)));
            assertRefused(sample.commit(sample.tree(List.of(folder("deep", tree)))));
            assertRefused(sample.commit(tree));
        }
    }

    @ParameterizedTest
    @CsvSource({"A,a", "a,a", "\u00c4,\u00e4", "STRASSE,stra\u00dfe", "s,\u017f"})
    void aTreeWithTwinsIsRefused(String one, String other) throws Exception {
        ObjectId blob = sample.blob("x");
        var entries = new ArrayList<>(List.of(file(one, blob), file(other, blob)));
        assertRefused(sample.commit(sample.tree(entries)));
    }

    @Test
    void aLinkAndAFolderOfOneNameAreRefused() throws Exception {
        ObjectId link = sample.blob("/tmp");
        ObjectId inner = sample.tree(List.of(file("x", sample.blob("x"))));
        ObjectId tree =
                sample.tree(
                        List.of(
                                new SampleRepository.Entry("d", FileMode.SYMLINK, link),
                                folder("d", inner)));
        assertRefused(sample.commit(tree));
    }

    @Test
    void aNameThatOnlyLooksStrangeIsFine() throws Exception {
        ObjectId blob = sample.blob("x");
        for (String name :
                List.of(".gitignore", "git", "..a", "...x", "[slug].tsx", "$a b~", "\u65e5")) {
            CommitId commit = sample.commit(sample.tree(List.of(file(name, blob))));
            assertThat(git.files(commit)).hasSize(1);
        }
    }

    private CommitId linking(String name, String says) throws IOException {
        ObjectId link = sample.blob(says);
        ObjectId file = sample.blob("x");
        ObjectId sub = sample.tree(List.of(file("x", file)));
        ObjectId folder =
                sample.tree(
                        List.of(
                                file("file", file),
                                new SampleRepository.Entry(
                                        name.substring(2), FileMode.SYMLINK, link),
                                new SampleRepository.Entry(
                                        "next", FileMode.SYMLINK, sample.blob("sub")),
                                folder("sub", sub)));
        return sample.commit(sample.tree(List.of(folder("d", folder), file("file", file))));
    }

    private void assertRefused(CommitId commit) {
        assertThatThrownBy(() -> git.export(commit, out)).isInstanceOf(PathRefused.class);
        assertThatThrownBy(() -> git.files(commit)).hasCauseInstanceOf(PathRefused.class);
        assertThatThrownBy(() -> git.sourceDigest(commit, path -> false))
                .hasCauseInstanceOf(PathRefused.class);
        assertThat(out).doesNotExist();
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve(name)));
    }

    private static SampleRepository.Entry file(String name, ObjectId blob) {
        return new SampleRepository.Entry(name, FileMode.REGULAR_FILE, blob);
    }

    private static SampleRepository.Entry folder(String name, ObjectId tree) {
        return new SampleRepository.Entry(name, FileMode.TREE, tree);
    }

    private static List<String> tree(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.filter(path -> !path.equals(folder))
                    .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
