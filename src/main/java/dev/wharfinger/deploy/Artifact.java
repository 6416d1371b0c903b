package dev.wharfinger.deploy;

import dev.wharfinger.workspace.CommitId;

import java.nio.file.Path;

/**
 * What was built from a commit, kept and never changed.
 *
 * @param folder read-only; what it holds has exactly this digest
 */
public record Artifact(ArtifactDigest digest, CommitId commit, Path folder, long bytes, int files) {
    /** The artifact under the version that people call it by. */
    public Release release(String version) {
        return new Release(digest, version, commit);
    }
}
