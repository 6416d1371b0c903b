package dev.wharfinger.shift;

import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.SourceDigest;
import dev.wharfinger.workspace.WorkspacePath;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A deployment that may happen: everything it rests on, fixed. {@code deploy} takes nothing but its
 * id, and refuses when any of this has changed. Its digest is the SHA-256 of its canonical text.
 */
public record DeployPlan(
        PlanId id,
        String digest,
        String environment,
        String version,
        CommitId commit,
        SourceDigest source,
        String artifact,
        List<PlannedGate> gates,
        List<PlannedReading> readings,
        Optional<ReleaseRecord> rollback,
        String policy,
        boolean hotfix,
        Instant expires) {
    public DeployPlan {
        gates = List.copyOf(gates);
        readings = List.copyOf(readings);
    }

    /**
     * One gate as the plan found it; {@code proof} is the journal's index of the proof, if one
     * exists.
     */
    public record PlannedGate(String gate, String verdict, Optional<Long> proof) {}

    /** One file that the plan rests on, as the shift had read it. */
    public record PlannedReading(WorkspacePath path, ContentHash hash) {}

    /**
     * What the digest covers, a line each, in this order; without the id, which is only a handle.
     */
    public String canonicalText() {
        var text = new StringBuilder("wharf-plan v1\n");
        text.append("environment ").append(environment).append('\n');
        text.append("version ").append(version).append('\n');
        text.append("commit ").append(commit.sha()).append('\n');
        text.append("source ").append(source.hex()).append('\n');
        text.append("artifact ").append(artifact).append('\n');
        for (PlannedGate gate : gates) {
            text.append("gate ").append(gate.gate()).append(' ').append(gate.verdict());
            gate.proof().ifPresent(index -> text.append(' ').append(index));
            text.append('\n');
        }
        for (PlannedReading reading : readings) {
            text.append("read ").append(reading.path()).append(' ').append(reading.hash().hex());
            text.append('\n');
        }
        text.append("rollback ").append(rollback.map(DeployPlan::text).orElse("absent"));
        text.append("\npolicy ").append(policy).append("\nhotfix ").append(hotfix).append('\n');
        text.append("expires ").append(expires).append('\n');
        return text.toString();
    }

    private static String text(ReleaseRecord release) {
        return release.artifact()
                + " "
                + release.version()
                + " "
                + release.commit().sha()
                + " "
                + release.deployment();
    }

    /** This plan under the digest of its own text. */
    public DeployPlan sealed() {
        var digest =
                ContentHash.of(canonicalText().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new DeployPlan(
                id,
                digest.hex(),
                environment,
                version,
                commit,
                source,
                artifact,
                gates,
                readings,
                rollback,
                policy,
                hotfix,
                expires);
    }
}
