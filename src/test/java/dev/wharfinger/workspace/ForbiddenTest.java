package dev.wharfinger.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class ForbiddenTest {
    private final Forbidden forbidden =
            new Forbidden(List.of(WorkspacePath.of("wharf.yaml"), WorkspacePath.of("prompts")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git",
                ".git/config",
                "sub/.git/hooks/x",
                ".GIT/config",
                "git~1/config",
                ".gitmodules",
                "deep/down/.gitattributes",
                ".mcp.json",
                ".MCP.json",
                ".vscode/settings.json",
                ".cursor/mcp.json",
                ".claude/settings.json",
                "AGENTS.md",
                "docs/agents.MD",
                "CLAUDE.md",
                "CODEOWNERS",
                ".github/CODEOWNERS",
                ".github/codeowner\u017f",
                "clauDe.md",
                "wharf.yaml",
                "WHARF.yaml",
                "prompts/deploy.md",
                "Prompts/x/y",
                "prompt\u017f/deploy.md",
                "\uff21GENTS.md"
            })
    void everySpellingIsForbidden(String name) {
        assertThat(forbidden.covers(WorkspacePath.of(name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".gitignore",
                ".github/workflows/ci.yml",
                "git",
                "agents.md.txt",
                "my-CLAUDE.md",
                "sub/wharf.yaml",
                "prompts2/x",
                "docs/prompts/x",
                "vscode/x",
                "CODEOWNERS.md"
            })
    void whatOnlyLooksLikeItIsNot(String name) {
        assertThat(forbidden.covers(WorkspacePath.of(name))).isFalse();
    }
}
