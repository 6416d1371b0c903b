package dev.wharfinger.policy;

import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.DeployPlan;

import java.time.Duration;
import java.time.Instant;

/**
 * What a hotfix owes: a proof of its tests, within 48 hours of its plan. Afterwards nothing else is
 * planned until it is paid.
 */
public record HotfixDebt(String version, String environment, Instant due) {
    private static final Duration TERM = Duration.ofHours(48);

    /** The debt of a hotfix whose plan was made at this time. */
    public static HotfixDebt of(DeployPlan plan, Instant made) {
        return new HotfixDebt(plan.version(), plan.environment(), made.plus(TERM));
    }

    /** Whether it holds back the next plan. */
    public boolean isOverdue(Instant now) {
        return !now.isBefore(due);
    }

    /** The refusal of the next plan. */
    public Refusal refusal() {
        return Refusal.by(
                new Opener.Persona("/test"),
                RuleId.PROHIBITION_UNTESTED_CODE,
                "Hotfix `"
                        + version
                        + "` in `"
                        + environment
                        + "` owed a proof of its tests until "
                        + due
                        + ".",
                "Hand over to /test: the tests must be proved with record_proof.",
                Guide.handoff(Exit.BLOCKED, "A hotfix still owes its tests."));
    }
}
