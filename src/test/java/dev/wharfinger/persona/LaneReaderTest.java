package dev.wharfinger.persona;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.workspace.WorkspacePath;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaneReaderTest {
    @ParameterizedTest
    @CsvSource({
        "`k8s/`, k8s/",
        "`/k8s/`, k8s/",
        "`./k8s/`, k8s/",
        "`k8s/**`, k8s/",
        "`k8s/base/**`, k8s/base/",
        "k8s/, k8s/",
        "`RUNBOOK.md`, RUNBOOK.md",
        "RUNBOOK.md, RUNBOOK.md",
        "`docs/RUNBOOK.md`, docs/RUNBOOK.md",
        "`Dockerfile`, Dockerfile",
        "`.github/workflows/`, .github/workflows/"
    })
    void readsFoldersAndFiles(String written, String reach) {
        Persona persona = owner(written);

        assertThat(persona.lanes().getFirst().reaches()).hasToString("[" + reach + "]");
        assertThat(persona.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "`k8s/*`",
                "`**`",
                "`*`",
                "`k8s/*.yaml`",
                "`**/k8s/`",
                "`k8s/{a,b}/`",
                "`[k]8s/`",
                "`k?s/**`",
                "`/`",
                "`.`",
                "`../shop/`",
                "`a/../b/`",
                "`a//b/`",
                "`a\\b/`",
                "`..`",
                "all infrastructure",
                "everything"
            })
    void grantsNothingForWhatIsNoPlainPathAndSaysSo(String written) {
        Persona persona = owner(written);

        assertThat(persona.lanes().getFirst().reaches()).isEmpty();
        assertThat(persona.warnings()).isNotEmpty();
        assertThat(persona.warnings().getFirst().source().line()).isEqualTo(4);
        assertThat(persona.mayWrite(WorkspacePath.of("k8s/app.yaml"))).isFalse();
    }

    @Test
    void aFolderWithoutItsSlashIsAFileAndReported() {
        Persona persona = owner("`k8s`");

        assertThat(persona.mayWrite(WorkspacePath.of("k8s/app.yaml"))).isFalse();
        assertThat(persona.warnings().getFirst().text()).contains("write `k8s/` for the folder");
    }

    @Test
    void whatGrantsNothingDoesNotSpoilItsNeighbours() {
        Persona persona = owner("`a/`, `b/*`, `c.md`, and all `d/`");

        assertThat(persona.lanes().getFirst().reaches()).hasToString("[a/, c.md, d/]");
        assertThat(persona.warnings()).hasSize(2);
    }

    @Test
    void aLaneMayListItsPathsBelowIt() {
        Persona persona =
                Files.persona("# /x\n\n- Lane:\n  - Owner (Write):\n    - `a/`\n    - `b.md`\n");

        assertThat(persona.lanes().getFirst().reaches()).hasToString("[a/, b.md]");
    }

    @Test
    void lanesMayHaveAHeadingOfTheirOwn() {
        Persona persona = Files.persona("# /x\n\n## Lanes\n\n- **Owner:** `a/`\n- Reader: `b/`\n");

        assertThat(persona.lanes())
                .extracting(Lane::mode)
                .containsExactly(Lane.Mode.OWNER, Lane.Mode.READER);
    }

    @Test
    void theStrongestLaneOfAPathCounts() {
        Persona persona =
                Files.persona("# /x\n\n- Lane:\n  - Reader: `src/`\n  - Owner: `src/test/`\n");

        assertThat(persona.mayWrite(WorkspacePath.of("src/test/A.java"))).isTrue();
        assertThat(persona.mayWrite(WorkspacePath.of("src/main/A.java"))).isFalse();
    }

    private static Persona owner(String written) {
        return Files.persona("# /x\n\n- **Lane:**\n  - **Owner (Write):** " + written + "\n");
    }
}
