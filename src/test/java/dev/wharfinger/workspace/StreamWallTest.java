package dev.wharfinger.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

class StreamWallTest extends WritesBehindWall {
    @Override
    Workspace open(Path root, Set<WorkspacePath> forbidden) throws IOException {
        return Workspace.openPortable(root, forbidden);
    }

    @Test
    void isNamed() {
        assertThat(workspace.wall()).isEqualTo("secure-directory-stream");
    }
}
