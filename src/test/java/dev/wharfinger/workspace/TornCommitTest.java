package dev.wharfinger.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process died inside a commit; the next one leaves a repository that everybody can use. */
class TornCommitTest {
    private static final String TRAILER = "Wharf-Entry: 41";
    private static final WorkspacePath PATH = WorkspacePath.of("tests/a.txt");

    @TempDir Path scratch;
    private SampleRepository sample;
    private Workspace workspace;
    private Git git;
    private CommitId onto;
    private Instant since;

    @BeforeEach
    void build() throws Exception {
        sample = SampleRepository.in(scratch.resolve("project"));
        sample.write("tests/a.txt", "1");
        onto = sample.commitAll("one");
        workspace = Workspace.open(sample.root());
        git = workspace.git();
        sample.write("tests/a.txt", "2");
        since = Instant.now();
    }

    @AfterEach
    void close() throws IOException {
        workspace.close();
        sample.close();
    }

    private Path git(String name) {
        return sample.root().resolve(".git").resolve(name);
    }

    private Optional<CommitId> settle() {
        return git.settle(onto, TRAILER, List.of(PATH), since);
    }

    private CommitId commit() {
        var anna = new Person("Anna", "anna@example.com");
        var request =
                new CommitRequest(
                        git.head(),
                        new LinkedHashMap<>(Map.of(PATH, ContentHash.of("2".getBytes()))),
                        "two",
                        new LinkedHashMap<>(Map.of("Wharf-Entry", "41")),
                        anna,
                        anna,
                        ZonedDateTime.parse("2026-11-22T12:00:00Z"));
        return ((dev.wharfinger.rule.Verdict.Granted<CommitId>) git.commit(request)).grant();
    }

    /** The index on its way, as the writer of a commit leaves it before the branch moves. */
    private void coming(String content) throws IOException {
        DirCache index = DirCache.read(git("index").toFile(), sample.repository().getFS());
        var id = sample.blob(content);
        DirCacheEditor editor = index.editor();
        editor.add(
                new DirCacheEditor.PathEdit("tests/a.txt") {
                    @Override
                    public void apply(DirCacheEntry entry) {
                        entry.setFileMode(FileMode.REGULAR_FILE);
                        entry.setObjectId(id);
                    }
                });
        editor.finish();
        Path copy = Files.copy(git("index"), git("copy"));
        DirCache writer = DirCache.lock(copy.toFile(), sample.repository().getFS());
        var builder = writer.builder();
        for (int i = 0; i < index.getEntryCount(); i++) {
            builder.add(index.getEntry(i));
        }
        builder.finish();
        writer.write();
        writer.commit();
        Files.move(copy, git("index.lock"));
    }

    @Test
    void aLockThatWasJustTakenIsGivenBackAndTheCommitCanBeMade() throws Exception {
        Files.createFile(git("index.lock"));
        assertThat(settle()).isEmpty();
        assertThat(git("index.lock")).doesNotExist();
        assertThat(git.head()).contains(onto);
        assertThat(commit()).isEqualTo(git.head().orElseThrow());
    }

    @Test
    void anIndexOnItsWayToACommitThatWasNeverMadeIsTakenAway() throws Exception {
        coming("2");
        Files.writeString(git("refs/heads/main.lock"), "");
        assertThat(settle()).isEmpty();
        assertThat(git("index.lock")).doesNotExist();
        assertThat(git("refs/heads/main.lock")).doesNotExist();
        assertThat(git.status()).containsExactly(new Change(PATH, Change.Kind.MODIFIED));
    }

    @Test
    void aCommitWhoseIndexWasNotYetInPlaceIsFoundAndTheIndexCatchesUp() throws Exception {
        Path before = Files.copy(git("index"), scratch.resolve("before"));
        CommitId made = commit();
        Files.move(git("index"), git("index.lock"));
        Files.move(before, git("index"));
        assertThat(sample.staged("tests/a.txt")).isEqualTo(sample.blob("1").name());

        assertThat(settle()).contains(made);
        assertThat(git("index.lock")).doesNotExist();
        assertThat(sample.staged("tests/a.txt")).isEqualTo(sample.blob("2").name());
        assertThat(git.status()).isEmpty();
    }

    @Test
    void aCommitIsFoundBelowWhatOthersCommittedSince() throws Exception {
        CommitId made = commit();
        sample.write("b", "1");
        sample.commitAll("three");
        assertThat(settle()).contains(made);
    }

    @Test
    void aCommitThatOnlyLooksAlikeIsNotTaken() throws Exception {
        sample.commitAll("two\n\nWharf-Entry: 410");
        assertThat(settle()).isEmpty();
        assertThat(git.settle(onto, "Wharf-Entry: 41", List.of(PATH), since)).isEmpty();
    }

    @Test
    void whatAPersonHasStagedSinceStaysStaged() throws Exception {
        commit();
        sample.write("tests/a.txt", "3");
        sample.add("tests/a.txt");
        assertThat(settle()).isPresent();
        assertThat(sample.staged("tests/a.txt")).isEqualTo(sample.blob("3").name());
    }

    @Test
    void aLockOfSomebodyElseStays() throws Exception {
        coming("theirs");
        assertThat(settle()).isEmpty();
        assertThat(git("index.lock")).exists();
        Files.delete(git("index.lock"));
        Files.createFile(git("index.lock"));
        Files.setLastModifiedTime(git("index.lock"), FileTime.from(since.minusSeconds(60)));
        Files.writeString(git("refs/heads/main.lock"), onto.sha() + "\n");
        assertThat(settle()).isEmpty();
        assertThat(git("index.lock")).exists();
        assertThat(git("refs/heads/main.lock")).exists();
    }
}
