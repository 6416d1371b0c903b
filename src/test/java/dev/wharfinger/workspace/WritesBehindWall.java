package dev.wharfinger.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * What both walls promise to those who write; each has a class that runs these and the other tests.
 */
abstract class WritesBehindWall extends ReadsBehindWall {
    @Test
    void aNewFileIsMadeWithItsFolders() throws IOException {
        Staged staged = workspace.stage(grant("docs/deep/new.md", "new"), bytes("new"));
        assertThat(read("docs/deep/new.md")).isEmpty();
        assertThat(listed("docs", 2)).containsExactly("docs/deep");
        workspace.commit(staged);
        assertThat(root.resolve("docs/deep/new.md")).hasContent("new");
        assertThat(names(root.resolve("docs/deep"))).containsExactly("new.md");
    }

    @Test
    void aReplacedFileKeepsItsMode() throws IOException {
        Path script = root.resolve("k8s/a.yaml");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xrwx"));
        write("k8s/a.yaml", "b", "a");
        assertThat(script).hasContent("b");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
                .isEqualTo("rwxr-xrwx");
    }

    @Test
    void aDiscardedWriteLeavesNothing() throws IOException {
        Staged staged = workspace.stage(grant("k8s/a.yaml", "b", "a"), bytes("b"));
        workspace.discard(staged);
        assertThat(names(root.resolve("k8s"))).containsExactlyInAnyOrder("a.yaml", "sub");
        assertThat(root.resolve("k8s/a.yaml")).hasContent("a");
        assertThatThrownBy(() -> workspace.commit(staged))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aWriteOverAnotherContentIsStaleWhenStagedAndWhenCommitted() throws IOException {
        assertThatThrownBy(() -> workspace.stage(grant("k8s/a.yaml", "b", "old"), bytes("b")))
                .isInstanceOfSatisfying(
                        StaleWrite.class,
                        stale -> assertThat(stale.found()).contains(ContentHash.of(bytes("a"))));
        assertThatThrownBy(() -> workspace.stage(grant("k8s/a.yaml", "b"), bytes("b")))
                .isInstanceOf(StaleWrite.class);
        assertThatThrownBy(() -> workspace.stage(grant("k8s/gone", "b", "a"), bytes("b")))
                .isInstanceOfSatisfying(
                        StaleWrite.class, stale -> assertThat(stale.found()).isEmpty());
        Staged staged = workspace.stage(grant("k8s/a.yaml", "b", "a"), bytes("b"));
        Files.writeString(root.resolve("k8s/a.yaml"), "edited");
        assertThatThrownBy(() -> workspace.commit(staged)).isInstanceOf(StaleWrite.class);
        assertThat(root.resolve("k8s/a.yaml")).hasContent("edited");
        assertThat(names(root.resolve("k8s"))).containsExactlyInAnyOrder("a.yaml", "sub");
    }

    @Test
    void aFileThatAppearsMeanwhileIsNotOverwritten() throws IOException {
        Staged staged = workspace.stage(grant("k8s/new", "mine"), bytes("mine"));
        Files.writeString(root.resolve("k8s/new"), "yours");
        assertThatThrownBy(() -> workspace.commit(staged)).isInstanceOf(StaleWrite.class);
        assertThat(root.resolve("k8s/new")).hasContent("yours");
    }

    @Test
    void aFolderThatIsMovedAwayMeanwhileTakesNothingWithIt() throws IOException {
        Staged staged = workspace.stage(grant("k8s/new", "mine"), bytes("mine"));
        Files.move(root.resolve("k8s"), outside.resolve("k8s"));
        assertThatThrownBy(() -> workspace.commit(staged)).isInstanceOf(PathRefused.class);
        assertThat(names(outside.resolve("k8s"))).containsExactlyInAnyOrder("a.yaml", "sub");
        Files.createDirectory(root.resolve("k8s"));
        write("k8s/new", "mine");
        assertThat(root.resolve("k8s/new")).hasContent("mine");
    }

    @Test
    void aNewFileBelowALinkedParentIsNotMade() throws IOException {
        Files.createSymbolicLink(root.resolve("k8s/out"), outside);
        assertThatThrownBy(() -> workspace.stage(grant("k8s/out/new", "x"), bytes("x")))
                .isInstanceOf(PathRefused.class);
        assertThatThrownBy(() -> workspace.stage(grant("k8s/out/deep/new", "x"), bytes("x")))
                .isInstanceOf(PathRefused.class);
        Files.createSymbolicLink(root.resolve("k8s/dangling"), outside.resolve("none"));
        assertThatThrownBy(() -> workspace.stage(grant("k8s/dangling", "x"), bytes("x")))
                .isInstanceOf(PathRefused.class);
        assertThat(names(outside)).containsExactly("secret");
    }

    @Test
    void aTwinByCaseOrNormalFormIsNotMadeAsFileOrFolder() throws IOException {
        Files.writeString(root.resolve("k8s/stra\u00dfe"), "");
        for (String name :
                List.of("k8s/A.yaml", "k8s/STRASSE", "K8S/b", "k8s/Sub/c", "\u212a8s/b")) {
            if (WorkspacePath.parse(name) instanceof Verdict.Granted<WorkspacePath>) {
                assertThatThrownBy(() -> workspace.stage(grant(name, "x"), bytes("x")))
                        .as(name)
                        .isInstanceOf(PathRefused.class);
            }
        }
        assertThat(names(root)).containsExactly("k8s");
        write("k8s/b.yaml", "x");
        assertThat(root.resolve("k8s/b.yaml")).hasContent("x");
    }

    @Test
    void aForbiddenPathIsNotWrittenWhateverTheGrantSays() throws IOException {
        workspace.close();
        workspace = open(root, Set.of(path("wharf.yaml"), path("prompts")));
        for (String name :
                List.of(".git/hooks/x", ".mcp.json", "Wharf.YAML", "prompts/deploy.md")) {
            assertThatThrownBy(() -> workspace.stage(grant(name, "x"), bytes("x")))
                    .isInstanceOfSatisfying(
                            PathRefused.class,
                            no -> assertThat(no.refusal().rule()).isEqualTo(RuleId.LANE_FORBIDDEN));
        }
        assertThat(names(root)).containsExactly("k8s");
    }

    @Test
    void aGrantForOtherBytesIsNotSpent() {
        assertThatThrownBy(() -> workspace.stage(grant("k8s/new", "x"), bytes("y")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDeadTempIsSweptAndALivingOneIsNot() throws IOException {
        Staged staged = workspace.stage(grant("k8s/new", "mine"), bytes("mine"));
        String dead = "." + "0123456789abcdef".repeat(2) + ".tmp";
        Files.writeString(root.resolve("k8s/sub/" + dead), "half");
        Files.writeString(root.resolve("k8s/.notours.tmp"), "kept");
        try (Workspace other = open(root, Set.of())) {
            assertThat(other.sweep()).isOne();
            assertThat(other.sweep()).isZero();
        }
        assertThat(names(root.resolve("k8s"))).contains(".notours.tmp");
        workspace.commit(staged);
        assertThat(root.resolve("k8s/new")).hasContent("mine");
    }

    @Test
    void theFirstWriteSweepsTheTree() throws IOException {
        String dead = "." + "0123456789abcdef".repeat(2) + ".tmp";
        Files.writeString(root.resolve("k8s/sub/" + dead), "half");
        assertThat(listed("k8s", 2)).containsExactly("k8s/a.yaml", "k8s/sub");
        write("other", "x");
        assertThat(names(root.resolve("k8s/sub"))).isEmpty();
    }

    @Test
    void namesOutsideAsciiAreReadListedAndWritten() throws IOException {
        write("docs/\u00dcbersicht \u65e5\u672c.md", "\u00e4");
        assertThat(listed("docs", 1)).containsExactly("docs/\u00dcbersicht \u65e5\u672c.md");
        assertThat(read("docs/\u00dcbersicht \u65e5\u672c.md").orElseThrow().text())
                .isEqualTo("\u00e4");
    }
}
