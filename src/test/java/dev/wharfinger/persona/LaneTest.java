package dev.wharfinger.persona;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.rule.Source;
import dev.wharfinger.workspace.WorkspacePath;

import org.junit.jupiter.api.Test;

import java.util.List;

class LaneTest {
    private static final Lane LANE =
            new Lane(
                    Lane.Mode.OWNER,
                    List.of(
                            new Lane.Reach.Folder(WorkspacePath.of("k8s")),
                            new Lane.Reach.File(WorkspacePath.of("RUNBOOK.md"))),
                    new Source("deploy.md", 19));

    @Test
    void coversWhatIsBelowItsFolder() {
        assertThat(LANE.covers(WorkspacePath.of("k8s/app.yaml"))).isTrue();
        assertThat(LANE.covers(WorkspacePath.of("k8s/base/app.yaml"))).isTrue();
    }

    @Test
    void doesNotCoverASiblingThatSharesThePrefix() {
        assertThat(LANE.covers(WorkspacePath.of("k8s-evil/app.yaml"))).isFalse();
        assertThat(LANE.covers(WorkspacePath.of("docs/k8s/app.yaml"))).isFalse();
    }

    @Test
    void doesNotCoverTheFolderItself() {
        assertThat(LANE.covers(WorkspacePath.of("k8s"))).isFalse();
    }

    @Test
    void coversItsFileAndNoOtherOfThatName() {
        assertThat(LANE.covers(WorkspacePath.of("RUNBOOK.md"))).isTrue();
        assertThat(LANE.covers(WorkspacePath.of("docs/RUNBOOK.md"))).isFalse();
        assertThat(LANE.covers(WorkspacePath.of("RUNBOOK.md/x"))).isFalse();
    }

    @Test
    void onlyOwnersAndCollaboratorsWrite() {
        assertThat(Lane.Mode.OWNER.mayWrite()).isTrue();
        assertThat(Lane.Mode.COLLABORATIVE.mayWrite()).isTrue();
        assertThat(Lane.Mode.READER.mayWrite()).isFalse();
    }
}
