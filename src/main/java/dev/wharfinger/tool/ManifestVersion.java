package dev.wharfinger.tool;

import dev.wharfinger.proof.Manifests;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.Optional;
import java.util.function.Function;

/** The version that the project's own manifest names in a commit. */
final class ManifestVersion {
    private ManifestVersion() {}

    static Optional<String> of(Function<WorkspacePath, Optional<byte[]>> blobs) {
        return Manifests.FILES.stream()
                .map(WorkspacePath::of)
                .flatMap(path ->
                        blobs
                                .apply(path)
                                .flatMap(bytes -> Manifests.version(path.toString(), bytes))
                                .stream())
                .findFirst();
    }
}
