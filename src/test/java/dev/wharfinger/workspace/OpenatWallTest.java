package dev.wharfinger.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Set;

@EnabledOnOs(OS.LINUX)
class OpenatWallTest extends WritesBehindWall {
    @Override
    Workspace open(Path root, Set<WorkspacePath> forbidden) throws IOException {
        return Workspace.openForbidding(root, forbidden);
    }

    @Test
    void isTheOneThatStandsHere() {
        assertThat(workspace.wall()).isEqualTo("openat2");
    }

    @Test
    void doesNotCrossIntoAnotherFileSystem() throws IOException {
        try (Wall top = Wall.best(Path.of("/"))) {
            WorkspacePath proc = WorkspacePath.of("proc");
            assertThatThrownBy(() -> top.file(proc.child("version")))
                    .isInstanceOf(PathRefused.class);
            assertThatThrownBy(() -> top.folder(proc)).isInstanceOf(PathRefused.class);
        }
        try (Wall proc = Wall.best(Path.of("/proc"))) {
            assertThat(proc.file(WorkspacePath.of("version"))).isPresent();
            assertThatThrownBy(() -> proc.file(WorkspacePath.of("self/status")))
                    .as("a link made by the kernel")
                    .isInstanceOf(PathRefused.class);
        }
    }

    @Test
    void aRootThatIsNoFolderDoesNotOpen() throws IOException {
        assertThatThrownBy(() -> Workspace.open(root.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Workspace.open(root.resolve("k8s/a.yaml")))
                .isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void descriptorsAreGivenBack() throws IOException {
        long before = descriptors();
        for (int i = 0; i < 40; i++) {
            read("k8s/a.yaml");
            listed(".", 3);
            write("k8s/new" + i, "x");
            workspace.discard(workspace.stage(grant("k8s/other", "x"), bytes("x")));
            assertThatThrownBy(() -> workspace.stage(grant("k8s/a.yaml", "x"), bytes("x")))
                    .isInstanceOf(StaleWrite.class);
            rule(workspace.read(path("k8s"), 1));
        }
        assertThat(descriptors()).isLessThan(before + 10);
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
