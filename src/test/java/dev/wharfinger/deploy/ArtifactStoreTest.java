package dev.wharfinger.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.Confinement;
import dev.wharfinger.command.Redactor;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.Workspace;

import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

class ArtifactStoreTest {
    @TempDir Path folder;
    Path state;
    Workspace workspace;
    CommitId commit;
    ArtifactStore store;

    @BeforeEach
    void commitASource() throws Exception {
        var root = Files.createDirectory(folder.resolve("project"));
        state = Files.createDirectory(folder.resolve("state"));
        Files.writeString(root.resolve("source"), "hello\n");
        var me = new PersonIdent("Anna", "anna@example.com");
        try (var git = Git.init().setDirectory(root.toFile()).call()) {
            git.add().addFilepattern(".").call();
            commit =
                    new CommitId(
                            git.commit()
                                    .setMessage("first")
                                    .setAuthor(me)
                                    .setCommitter(me)
                                    .setSign(false)
                                    .call()
                                    .name());
        }
        Files.writeString(root.resolve("source"), "not committed\n");
        workspace = Workspace.open(root);
        store = new ArtifactStore(state.resolve("artifacts"), state.resolve("checkouts"));
    }

    @AfterEach
    void close() throws IOException {
        workspace.close();
        ReleaseStore.deleteTree(state);
    }

    @Test
    void aCommitIsBuiltOnceFromWhatIsCommitted() throws IOException {
        var built = (Built.Done) build("mkdir dist; cp source dist/app; date +%N > dist/stamp");
        assertThat(built.fresh()).isTrue();
        assertThat(built.artifact().folder().resolve("app")).hasContent("hello");

        var again = (Built.Done) build("mkdir dist; cp source dist/app; date +%N > dist/stamp");

        assertThat(again.fresh()).isFalse();
        assertThat(again.artifact()).isEqualTo(built.artifact());
        assertThat(store.find(commit)).contains(built.artifact());
        assertThat(store.folder(built.artifact().digest())).contains(built.artifact().folder());
        assertThat(state.resolve("checkouts")).isEmptyDirectory();
    }

    @Test
    void otherBuildSettingsMakeAnotherArtifact() throws IOException {
        var one = (Built.Done) build("mkdir dist; echo one > dist/app");
        var other = (Built.Done) build("mkdir dist; echo other > dist/app");

        assertThat(other.fresh()).isTrue();
        assertThat(other.artifact().digest()).isNotEqualTo(one.artifact().digest());
    }

    @Test
    void aProgramStaysOneAndNothingCanBeWritten() throws IOException {
        var built = (Built.Done) build("mkdir dist; cp source dist/run; chmod 700 dist/run");
        var mode = Files.getPosixFilePermissions(built.artifact().folder().resolve("run"));
        assertThat(PosixFilePermissions.toString(mode)).isEqualTo("r-xr-xr-x");
    }

    @Test
    void aFailedBuildSaysWhichCommandAndShowsItsOutputWithoutSecrets() throws IOException {
        var broken = (Built.Broken) build("echo compiling with hunter2hunter2; exit 7");

        assertThat(broken.command()).startsWith("sh -c");
        assertThat(broken.reason()).isEqualTo("it ended with 7");
        assertThat(broken.output()).contains("compiling with [redacted]");
        assertThat(store.find(commit)).isEmpty();
        assertThat(state.resolve("checkouts")).isEmptyDirectory();
    }

    @Test
    void aProgramThatIsNotThereIsABrokenBuild() throws IOException {
        var settings =
                new BuildSettings(
                        List.of(List.of("no-such-program")),
                        "dist",
                        List.of(),
                        Duration.ofSeconds(20));
        assertThat(build(settings)).isInstanceOf(Built.Broken.class);
    }

    @Test
    void aBuildThatLeavesNothingOrALinkOutIsBroken() throws IOException {
        assertThat(((Built.Broken) build("true")).reason()).contains("left nothing at dist");
        assertThat(((Built.Broken) build("mkdir dist")).reason()).contains("empty folder");
        assertThat(((Built.Broken) build("ln -s /etc dist")).reason()).contains("behind a link");
        assertThat(((Built.Broken) build("mkdir dist; ln -s /etc/passwd dist/p")).reason())
                .contains("leads out");
    }

    @Test
    void aSingleFileIsShippedUnderItsName() throws IOException {
        var settings = new BuildSettings(List.of(), "source", List.of(), BuildSettings.LIMIT);
        var built = (Built.Done) build(settings);
        assertThat(built.artifact().folder().resolve("source")).hasContent("hello");
    }

    @Test
    void aKeptArtifactThatSomebodyChangedIsNeverGivenOut() throws IOException {
        var built = (Built.Done) build("mkdir dist; cp source dist/app");
        var file = built.artifact().folder().resolve("app");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(file, "evil");

        assertThat(((Built.Broken) build("mkdir dist; cp source dist/app")).reason())
                .contains("a person must look");
        assertThat(store.find(commit)).isEmpty();
        assertThat(store.folder(built.artifact().digest())).isEmpty();
    }

    private Built build(String shell) throws IOException {
        return build(
                new BuildSettings(
                        List.of(List.of("sh", "-c", shell)),
                        "dist",
                        List.of(),
                        Duration.ofSeconds(60)));
    }

    private Built build(BuildSettings settings) throws IOException {
        var variables = new LinkedHashMap<String, String>();
        variables.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        var runner = new CommandRunner(Confinement.BEST, List.of(state), variables);
        var redactor = new Redactor(List.of("hunter2hunter2"));
        return store.build(commit, settings, workspace.git(), runner, redactor, () -> false);
    }
}
