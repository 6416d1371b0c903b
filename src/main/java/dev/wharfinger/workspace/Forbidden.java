package dev.wharfinger.workspace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The paths that no lane can open: where a line of text becomes an order to Git, to an editor or to
 * an agent, and whatever else the rules of the project name. Compared folded, so that no spelling
 * that some file system takes for the same name gets by.
 */
final class Forbidden {
    /** At any depth, as a file or as a folder with all that is in it. */
    private static final Set<String> NAMES =
            Set.of(
                    ".git",
                    "git~1", // what NTFS also calls .git
                    ".gitmodules",
                    ".gitattributes",
                    ".mcp.json",
                    ".vscode",
                    ".cursor",
                    ".cursorrules",
                    ".claude",
                    ".codex",
                    ".gemini",
                    ".windsurf",
                    ".windsurfrules",
                    "agents.md",
                    "claude.md",
                    "gemini.md",
                    "copilot-instructions.md",
                    "codeowners");

    private final List<List<FoldedName>> more;

    Forbidden(Collection<WorkspacePath> more) {
        var folded = new ArrayList<List<FoldedName>>();
        more.forEach(path -> folded.add(fold(path)));
        this.more = List.copyOf(folded);
    }

    boolean covers(WorkspacePath path) {
        List<FoldedName> parts = fold(path);
        return parts.stream().anyMatch(part -> NAMES.contains(part.text()))
                || more.stream().anyMatch(root -> covers(root, parts));
    }

    /** Whether the path is Git's own, which is not even read or listed. */
    static boolean isGit(WorkspacePath path) {
        return path.parts().stream().anyMatch(Forbidden::isGit);
    }

    static boolean isGit(String name) {
        String folded = FoldedName.of(name).text();
        return folded.equals(".git") || folded.equals("git~1");
    }

    private static boolean covers(List<FoldedName> root, List<FoldedName> parts) {
        return parts.size() >= root.size() && parts.subList(0, root.size()).equals(root);
    }

    private static List<FoldedName> fold(WorkspacePath path) {
        return path.parts().stream().map(FoldedName::of).toList();
    }
}
