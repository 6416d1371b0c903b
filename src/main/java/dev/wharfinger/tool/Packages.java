package dev.wharfinger.tool;

import dev.wharfinger.proof.FoundVersion;
import dev.wharfinger.proof.Lockfiles;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.workspace.FileContent;
import dev.wharfinger.workspace.FolderEntry;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The project's manifests and lockfiles, near its root, as they are now. */
final class Packages {
    private static final long LIMIT = 8L << 20;
    private static final int DEPTH = 3;
    private static final int MOST = 20_000;
    private final Project project;

    Packages(Project project) {
        this.project = project;
    }

    /** The versions of one package, locked ones first. */
    List<FoundVersion> versions(String name, Optional<String> ecosystem) {
        return Lockfiles.versions(name, ecosystem, files()).versions();
    }

    /** The manifests and lockfiles that can be read. */
    List<FileContent> files() {
        var files = new ArrayList<FileContent>();
        if (project.workspace().list(WorkspacePath.ROOT, DEPTH, MOST)
                instanceof Verdict.Granted<Optional<List<FolderEntry>>>(var found)) {
            for (FolderEntry entry : found.orElse(List.of())) {
                boolean vendored = entry.path().parts().contains("node_modules");
                if (!vendored
                        && entry.kind() == FolderEntry.Kind.FILE
                        && Lockfiles.isKnown(entry.path())) {
                    read(entry.path()).ifPresent(files::add);
                }
            }
        }
        return files;
    }

    private Optional<FileContent> read(WorkspacePath path) {
        return project.workspace().read(path, LIMIT)
                        instanceof Verdict.Granted<Optional<FileContent>>(var found)
                ? found
                : Optional.empty();
    }
}
