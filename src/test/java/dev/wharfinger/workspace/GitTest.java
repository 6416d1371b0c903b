package dev.wharfinger.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class GitTest {
    @TempDir Path scratch;
    SampleRepository sample;
    Workspace workspace;
    Git git;

    @BeforeEach
    void build() throws Exception {
        sample = SampleRepository.in(scratch.resolve("project"));
        workspace = Workspace.open(sample.root());
        git = workspace.git();
    }

    @AfterEach
    void close() throws IOException {
        workspace.close();
        sample.close();
    }

    @Test
    void aFolderWithoutARepositoryHasNone() throws IOException {
        Path plain = Files.createDirectory(sample.root().resolve("plain"));
        try (Workspace inner = Workspace.open(plain)) {
            assertThat(inner.git().isPresent()).isFalse();
            assertThat(inner.git().head()).isEmpty();
            assertThat(inner.git().status()).isEmpty();
            assertThatThrownBy(() -> inner.git().files(new CommitId("0".repeat(40))))
                    .hasCauseInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void aLinkNamedGitIsNoRepository() throws IOException {
        Path other = Files.createDirectory(scratch.resolve("other"));
        Files.createSymbolicLink(other.resolve(".git"), sample.root().resolve(".git"));
        try (Workspace linked = Workspace.open(other)) {
            assertThat(linked.git().isPresent()).isFalse();
        }
    }

    @Test
    void beforeTheFirstCommitThereIsABranchAndNoHead() {
        assertThat(git.isPresent()).isTrue();
        assertThat(git.head()).isEmpty();
        assertThat(git.branch()).contains("main");
        assertThat(git.resolve("HEAD")).isEmpty();
    }

    @Test
    void commitsAreFoundByEveryNameThatNamesOne() throws Exception {
        sample.write("a", "1");
        CommitId first = sample.commitAll("one");
        sample.git()
                .tag()
                .setName("v1.0")
                .setAnnotated(true)
                .setMessage("x")
                .setTagger(SampleRepository.ANNA)
                .call();
        sample.git().tag().setName("light").setAnnotated(false).call();
        sample.write("a", "2");
        CommitId second = sample.commitAll("two");
        assertThat(git.head()).contains(second);
        assertThat(git.tagsAt(first)).containsExactly("light", "v1.0");
        assertThat(git.tagsAt(second)).isEmpty();
        for (String name :
                List.of(
                        first.sha(),
                        first.shortened(),
                        "v1.0",
                        "light",
                        "refs/tags/v1.0",
                        "main~1",
                        "HEAD^",
                        "HEAD~1~0")) {
            assertThat(git.resolve(name)).as(name).contains(first);
        }
        assertThat(git.resolve("main")).contains(second);
    }

    @Test
    void textThatIsNoNameOfACommitNamesNone() throws Exception {
        sample.write("a", "1");
        CommitId only = sample.commitAll("one");
        for (String name :
                List.of(
                        "",
                        "-v",
                        "--all",
                        "HEAD~1",
                        "HEAD~9999",
                        "HEAD^^",
                        ":/one",
                        "HEAD@{0}",
                        "HEAD^{tree}",
                        "main..HEAD",
                        "../HEAD",
                        "refs/heads/../../config",
                        "a b",
                        "HEAD:a",
                        "main.lock",
                        "0".repeat(40),
                        only.sha().substring(0, 6),
                        "config",
                        "objects",
                        "\u0000",
                        "x".repeat(300))) {
            assertThat(git.resolve(name)).as(name).isEmpty();
        }
    }

    @Test
    void filesAreTheCommitsAndNotTheWorkTrees() throws Exception {
        sample.write("src/A.java", "class A {}\r\n");
        sample.write("run.sh", "#!");
        assertThat(sample.root().resolve("run.sh").toFile().setExecutable(true)).isTrue();
        CommitId commit = sample.commitAll("one");
        sample.write("src/A.java", "changed");
        assertThat(git.files(commit))
                .extracting(file -> file.path() + " " + file.mode() + " " + file.size())
                .containsExactly("run.sh 100755 2", "src/A.java 100644 12");
        assertThat(git.blob(commit, path("src/A.java")).map(bytes -> new String(bytes, UTF_8)))
                .contains("class A {}\r\n");
        assertThat(git.blob(commit, path("src"))).isEmpty();
        assertThat(git.blob(commit, path("none"))).isEmpty();
    }

    @Test
    void theSourceDigestKeepsToTheFilesThatAreNotLeftOut() throws Exception {
        sample.write("a", "1");
        sample.write("PLAN.md", "x");
        CommitId first = sample.commitAll("one");
        sample.write("PLAN.md", "y");
        CommitId second = sample.commitAll("two");
        sample.write("a", "2");
        CommitId third = sample.commitAll("three");
        SourceDigest digest = git.sourceDigest(first, path("PLAN.md")::equals);
        assertThat(git.sourceDigest(second, path("PLAN.md")::equals)).isEqualTo(digest);
        assertThat(git.sourceDigest(second, none -> false))
                .isNotEqualTo(git.sourceDigest(first, none -> false));
        assertThat(git.sourceDigest(third, path("PLAN.md")::equals)).isNotEqualTo(digest);
        byte[] line = ("a\0" + "100644\0" + sample.blob("1").name() + "\n").getBytes(UTF_8);
        assertThat(digest.hex()).isEqualTo(ContentHash.of(line).hex());
    }

    @Test
    void commitsAreComparedPathByPath() throws Exception {
        sample.write("same", "1");
        sample.write("changed", "1");
        sample.write("gone", "1");
        sample.write("mode", "1");
        CommitId from = sample.commitAll("one");
        sample.write("changed", "2");
        sample.write("new/file", "1");
        Files.delete(sample.root().resolve("gone"));
        assertThat(sample.root().resolve("mode").toFile().setExecutable(true)).isTrue();
        CommitId to = sample.commitAll("two");
        assertThat(git.changedBetween(from, to))
                .containsExactly(
                        new Change(path("changed"), Change.Kind.MODIFIED),
                        new Change(path("gone"), Change.Kind.DELETED),
                        new Change(path("mode"), Change.Kind.MODIFIED),
                        new Change(path("new/file"), Change.Kind.ADDED));
        assertThat(git.changedBetween(from, from)).isEmpty();
    }

    @Test
    void aCommitThatIsNotThereIsAFailureAndNoRefusal() {
        assertThatThrownBy(() -> git.files(new CommitId("1".repeat(40))))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aLinkedWorktreeIsARepository() throws Exception {
        sample.write("a", "1");
        CommitId commit = sample.commitAll("one");
        Path linked = scratch.resolve("linked");
        Path store = sample.root().resolve(".git/worktrees/linked");
        Files.createDirectories(store);
        Files.createDirectory(linked);
        Files.writeString(linked.resolve(".git"), "gitdir: " + store + "\n");
        Files.writeString(store.resolve("gitdir"), linked.resolve(".git") + "\n");
        Files.writeString(store.resolve("commondir"), "../..\n");
        Files.writeString(store.resolve("HEAD"), commit.sha() + "\n");
        try (Workspace other = Workspace.open(linked)) {
            assertThat(other.git().isPresent()).isTrue();
            assertThat(other.git().head()).contains(commit);
            assertThat(other.git().branch()).isEqualTo(Optional.empty());
            assertThat(other.git().resolve("main")).contains(commit);
        }
    }

    private static WorkspacePath path(String name) {
        return WorkspacePath.of(name);
    }
}
