package dev.wharfinger.policy;

import dev.wharfinger.deploy.ArtifactDigest;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.deploy.EnvironmentName;
import dev.wharfinger.deploy.PlanDigest;
import dev.wharfinger.deploy.Release;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.PeopleEvent;
import dev.wharfinger.shift.ReleaseRecord;

import java.util.List;
import java.util.Optional;

/**
 * Whether what runs may be left for what ran before. It asks for nothing that could be missing in
 * an emergency: no reading, no gate, no plan, no time. Once a deployment the way back is free;
 * whoever wants to go further back needs a person.
 */
public final class Returning {
    /**
     * What would be taken back.
     *
     * @param plan the digest of the plan by which it came
     * @param undone the deployment by which it came
     * @param to what runs afterwards; nothing, where nothing ran before
     * @param free whether it is the last step forward there, and was not taken back yet
     */
    public record Undo(
            String environment,
            String plan,
            String undone,
            ReleaseRecord from,
            Optional<ReleaseRecord> to,
            boolean free) {
        /** What people are asked where it is not free: exactly this way back. */
        public String question() {
            return environment
                    + "\n"
                    + from.artifact()
                    + "\n"
                    + to.map(ReleaseRecord::artifact).orElse("absent");
        }
    }

    /**
     * The grant to go back.
     *
     * @param human whether a person asks, at a terminal: he needs nobody's leave
     * @param decided what people said to exactly this way back
     */
    public Verdict<DeployGrant> mayReturn(
            Undo undo,
            boolean human,
            Optional<DecidedGrant> decided,
            List<String> where,
            String id,
            long fence) {
        if (!human && !undo.free() && decided.isEmpty()) {
            return Verdict.refused(
                    Refusal.by(
                            Opener.HUMAN,
                            RuleId.APPROVAL_MISSING,
                            "`"
                                    + undo.environment()
                                    + "` was taken back before, or this is further back: from `"
                                    + undo.from().version()
                                    + "` to `"
                                    + undo.to().map(ReleaseRecord::version).orElse("absent")
                                    + "`.",
                            "Tell the user: a person decides with `"
                                    + where.getFirst()
                                    + "`, or runs `wharf rollback "
                                    + undo.environment()
                                    + " --reason TEXT`."));
        }
        return Verdict.granted(grant(undo, id, fence));
    }

    /** The grant of a return that was begun and not ended, made anew after a crash. */
    public static DeployGrant again(PeopleEvent.ReturnStarted begun, String plan) {
        return grant(
                new Undo(begun.environment(), plan, begun.undone(), begun.from(), begun.to(), true),
                begun.id(),
                begun.fence());
    }

    private static DeployGrant grant(Undo undo, String id, long fence) {
        return new DeployGrant(
                new PlanDigest(undo.plan()),
                new EnvironmentName(undo.environment()),
                release(undo.from()),
                undo.to().map(Returning::release),
                id,
                fence);
    }

    private static Release release(ReleaseRecord record) {
        return new Release(
                new ArtifactDigest(record.artifact()), record.version(), record.commit());
    }

    /** The refusal where there is nothing to take back. */
    public Refusal nothing(String environment, Optional<String> version) {
        return version.isEmpty()
                ? Refusal.byYou(
                        RuleId.PHASE_OUT_OF_ORDER,
                        "Nothing of ours runs in `" + environment + "`: there is nothing to leave.",
                        "Look with shift_status at what was deployed.")
                : Refusal.byYou(
                        RuleId.HALLUCINATION_UNKNOWN_VERSION,
                        "`" + version.get() + "` never ran in `" + environment + "`.",
                        "Leave `to_version` out: the version before is taken.");
    }
}
