package dev.wharfinger.shift;

import dev.wharfinger.workspace.CommitId;

/** What the journal says runs in an environment. */
public record ReleaseRecord(String artifact, String version, CommitId commit, String deployment) {}
