package dev.wharfinger.tool;

import dev.wharfinger.deploy.ArtifactDigest;
import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.deploy.LocalTarget;
import dev.wharfinger.deploy.Readiness;
import dev.wharfinger.deploy.Release;
import dev.wharfinger.shift.ReleaseRecord;
import dev.wharfinger.workspace.CommitId;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Whether a return would work: the release before is at hand, and nothing foreign stands there. */
final class Rollbacks {
    private final Project project;
    private final Function<EnvironmentSettings, LocalTarget> targets;

    Rollbacks(Project project, Function<EnvironmentSettings, LocalTarget> targets) {
        this.project = project;
        this.targets = targets;
    }

    /** What stands in the way of returning to what runs now; empty where nothing does. */
    Optional<String> problem(EnvironmentSettings settings, Optional<ReleaseRecord> runs) {
        try {
            return switch (targets.apply(settings).readiness(runs.map(Rollbacks::release))) {
                case Readiness.Ready _, Readiness.Absent _ -> Optional.empty();
                case Readiness.NotReady(var reason) -> Optional.of(reason);
            };
        } catch (IOException e) {
            return Optional.of("the target cannot be read: " + e.getMessage());
        }
    }

    /** What runs there and no entry of the journal explains; empty where all is ours. */
    Optional<String> foreign(EnvironmentSettings settings, Optional<ReleaseRecord> runs) {
        try {
            return targets.apply(settings).foreignChange(runs.map(Rollbacks::release));
        } catch (IOException e) {
            return Optional.of("the target cannot be read: " + e.getMessage());
        }
    }

    /** The highest fence that the target itself has seen. */
    long lastFence(EnvironmentSettings settings) {
        try {
            return targets.apply(settings).lastFence();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Release release(ReleaseRecord record) {
        return new Release(
                new ArtifactDigest(record.artifact()), record.version(), record.commit());
    }

    /** Whether this commit's artifact is kept under this digest, whole. */
    boolean artifactWhole(CommitId commit, String artifact) {
        try {
            return project.artifacts()
                    .get()
                    .find(commit)
                    .filter(kept -> kept.digest().hex().equals(artifact))
                    .isPresent();
        } catch (IOException e) {
            return false; // what cannot be read is not whole: the plan is void, and a new one says
            // why
        }
    }
}
