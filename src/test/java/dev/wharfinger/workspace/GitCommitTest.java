package dev.wharfinger.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.rule.RuleId;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

class GitCommitTest {
    private static final ZonedDateTime NOON = ZonedDateTime.parse("2026-11-22T12:00:00+01:00");

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
    void theFirstCommitOfARepositoryStandsOnNothing() throws Exception {
        sample.write("k8s/a.yaml", "a");
        CommitId commit = made(request(Optional.empty(), "k8s/a.yaml", "a"));
        assertThat(git.head()).contains(commit);
        assertThat(git.files(commit))
                .extracting(TreeFile::path)
                .containsExactly(path("k8s/a.yaml"));
        assertThat(git.status()).isEmpty();
    }

    @Test
    void onlyTheFilesAskedForGoIn() throws Exception {
        sample.write("mine", "1");
        sample.write("staged", "1");
        sample.write("touched", "1");
        CommitId before = sample.commitAll("one");
        sample.write("mine", "2");
        sample.write("staged", "2");
        sample.write("new", "2");
        sample.add("staged", "new");
        sample.write("touched", "2");
        CommitId commit = made(request(Optional.of(before), "mine", "2"));
        assertThat(git.changedBetween(before, commit))
                .containsExactly(new Change(path("mine"), Change.Kind.MODIFIED));
        assertThat(sample.staged("staged")).isEqualTo(sample.blob("2").name());
        assertThat(sample.staged("new")).isEqualTo(sample.blob("2").name());
        assertThat(sample.staged("mine")).isEqualTo(sample.blob("2").name());
        assertThat(git.status())
                .containsExactly(
                        new Change(path("new"), Change.Kind.ADDED),
                        new Change(path("staged"), Change.Kind.MODIFIED),
                        new Change(path("touched"), Change.Kind.MODIFIED));
    }

    @Test
    void theCommitSaysWhoWhenAndWhatInItsTrailers() throws Exception {
        sample.write("a", "1");
        CommitId commit = made(request(Optional.empty(), "a", "1"));
        try (var walk = new RevWalk(sample.repository())) {
            RevCommit found = walk.parseCommit(ObjectId.fromString(commit.sha()));
            assertThat(found.getFullMessage())
                    .isEqualTo("Say what\n\nand why\n\nWharf-Entry: 41\n");
            assertThat(found.getAuthorIdent().getName()).isEqualTo("deploy");
            assertThat(found.getCommitterIdent().getEmailAddress()).isEqualTo("wharf@localhost");
            assertThat(found.getAuthorIdent().getWhenAsInstant()).isEqualTo(NOON.toInstant());
        }
        var log =
                Objects.requireNonNull(
                        sample.repository().getRefDatabase().getReflogReader(Constants.HEAD));
        assertThat(log.getLastEntry().getComment()).isEqualTo("commit: Say what");
    }

    @Test
    void aMovedHeadIsRefusedAndNothingChanges() throws Exception {
        sample.write("a", "1");
        CommitId before = sample.commitAll("one");
        sample.write("b", "1");
        CommitId theirs = sample.commitAll("two");
        sample.write("a", "2");
        assertRefused(request(Optional.of(before), "a", "2"), RuleId.HALLUCINATION_STALE_READ);
        assertRefused(request(Optional.empty(), "a", "2"), RuleId.HALLUCINATION_STALE_READ);
        assertThat(git.head()).contains(theirs);
        assertThat(sample.staged("a")).isEqualTo(sample.blob("1").name());
    }

    @Test
    void aFileThatHoldsSomethingElseIsRefused() throws Exception {
        sample.write("a", "1");
        CommitId before = sample.commitAll("one");
        sample.write("a", "edited");
        assertRefused(request(Optional.of(before), "a", "2"), RuleId.HALLUCINATION_STALE_READ);
        assertRefused(request(Optional.of(before), "none", "2"), RuleId.HALLUCINATION_STALE_READ);
        Files.createSymbolicLink(sample.root().resolve("link"), Path.of("a"));
        assertRefused(request(Optional.of(before), "link", "edited"), RuleId.PATH_INVALID);
        assertRefused(request(Optional.of(before), ".git/config", "x"), RuleId.LANE_FORBIDDEN);
        assertThat(git.head()).contains(before);
    }

    @Test
    void whatIsCommittedAlreadyIsNoCommit() throws Exception {
        sample.write("a", "1");
        CommitId before = sample.commitAll("one");
        assertRefused(request(Optional.of(before), "a", "1"), RuleId.ARGUMENT_INVALID);
    }

    @Test
    void aTrailerInTheMessageIsAForgery() throws Exception {
        sample.write("a", "1");
        var forged =
                new CommitRequest(
                        Optional.empty(),
                        files("a", "1"),
                        "x\n\n wharf-entry : no\nWHARF-ENTRY: 7",
                        trailers(),
                        new Person("deploy", "d@x"),
                        new Person("wharf", "w@x"),
                        NOON);
        assertRefused(forged, RuleId.ARGUMENT_INVALID);
        assertThat(git.head()).isEmpty();
    }

    @Test
    void hooksAndFiltersOfTheRepositoryDoNotRun() throws Exception {
        Path ran = scratch.resolve("ran");
        for (String name :
                List.of("pre-commit", "commit-msg", "post-commit", "reference-transaction")) {
            Path hook = sample.root().resolve(".git/hooks/" + name);
            Files.createDirectories(hook.getParent());
            Files.writeString(hook, "#!/bin/sh\ntouch " + ran + "\n");
            assertThat(hook.toFile().setExecutable(true)).isTrue();
        }
        var config = sample.repository().getConfig();
        config.setString("filter", "x", "clean", "touch " + ran);
        config.setString("filter", "x", "smudge", "touch " + ran);
        config.setString("core", null, "autocrlf", "true");
        config.save();
        sample.write(".gitattributes", "* filter=x\n");
        sample.write("a", "1\r\n");
        CommitId commit = made(request(Optional.empty(), "a", "1\r\n"));
        assertThat(git.status())
                .containsExactly(new Change(path(".gitattributes"), Change.Kind.UNTRACKED));
        sample.write("a", "2\r\n");
        assertThat(git.status()).contains(new Change(path("a"), Change.Kind.MODIFIED));
        git.export(commit, scratch.resolve("out"));
        assertThat(git.blob(commit, path("a"))).hasValueSatisfying(b -> assertThat(b).hasSize(3));
        assertThat(scratch.resolve("out/a")).hasBinaryContent("1\r\n".getBytes(UTF_8));
        assertThat(ran).doesNotExist();
    }

    @Test
    void anIndexInUseIsAFailureAndChangesNothing() throws Exception {
        sample.write("a", "1");
        Files.writeString(sample.root().resolve(".git/index.lock"), "");
        assertThatThrownBy(() -> git.commit(request(Optional.empty(), "a", "1")))
                .hasMessageContaining("index");
        assertThat(git.head()).isEmpty();
    }

    @Test
    void aMergeUnderWayIsAPersonsToFinish() throws Exception {
        sample.write("a", "1");
        CommitId before = sample.commitAll("one");
        Files.writeString(sample.root().resolve(".git/MERGE_HEAD"), before.sha() + "\n");
        sample.write("a", "2");
        assertRefused(request(Optional.of(before), "a", "2"), RuleId.LANE_UNLOGGED_CHANGE);
    }

    @Test
    void aDetachedHeadMovesAndItsBranchDoesNot() throws Exception {
        sample.write("a", "1");
        CommitId before = sample.commitAll("one");
        sample.git().checkout().setName(before.sha()).call();
        sample.write("a", "2");
        CommitId commit = made(request(Optional.of(before), "a", "2"));
        assertThat(git.branch()).isEmpty();
        assertThat(git.head()).contains(commit);
        assertThat(git.resolve("main")).contains(before);
    }

    @Test
    void twoWritersAtOnceMakeALineOfCommits() throws Exception {
        sample.write("a", "0");
        sample.write("b", "0");
        CommitId start = sample.commitAll("one");
        int made = 0;
        for (int i = 1; i <= 20; i++) {
            String content = Integer.toString(i);
            sample.write("a", content);
            sample.write("b", content);
            Optional<CommitId> onto = git.head();
            var results =
                    List.of(request(onto, "a", content), request(onto, "b", content))
                            .parallelStream()
                            .map(this::attempt)
                            .toList();
            assertThat(results).contains(true);
            made += (int) results.stream().filter(ok -> ok).count();
        }
        assertThat(git.resolve("HEAD~" + made)).contains(start);
    }

    private boolean attempt(CommitRequest request) {
        try {
            return git.commit(request) instanceof dev.wharfinger.rule.Verdict.Granted<CommitId>;
        } catch (java.io.UncheckedIOException locked) {
            return false;
        }
    }

    private CommitId made(CommitRequest request) {
        return FilesBehindWall.granted(git.commit(request));
    }

    private void assertRefused(CommitRequest request, RuleId rule) {
        assertThat(FilesBehindWall.rule(git.commit(request))).isEqualTo(rule);
    }

    private static CommitRequest request(Optional<CommitId> onto, String name, String content) {
        return new CommitRequest(
                onto,
                files(name, content),
                "Say what\n\nand why\n",
                trailers(),
                new Person("deploy", "anna@example.com"),
                new Person("wharf", "wharf@localhost"),
                NOON);
    }

    private static LinkedHashMap<String, String> trailers() {
        return new LinkedHashMap<>(Map.of("Wharf-Entry", "41"));
    }

    private static LinkedHashMap<WorkspacePath, ContentHash> files(String name, String content) {
        return new LinkedHashMap<>(Map.of(path(name), ContentHash.of(content.getBytes(UTF_8))));
    }

    private static WorkspacePath path(String name) {
        return WorkspacePath.of(name);
    }
}
