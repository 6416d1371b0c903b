package dev.wharfinger.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

@EnabledOnOs(OS.LINUX)
class OpenatWallTest extends FilesBehindWall {
    @Override
    Workspace open(Path root, Set<WorkspacePath> forbidden) throws IOException {
        return Workspace.openForbidding(root, forbidden);
    }

    @Test
    void isTheOneThatStandsHere() {
        assertThat(workspace.wall()).isEqualTo("openat2");
    }
}
