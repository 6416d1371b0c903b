package dev.wharfinger.rule;

import java.util.Arrays;
import java.util.Optional;

/**
 * The name of a rule that can refuse a call. The ids are stable: clients, journals and the pages in
 * {@code docs/rules/} rely on them.
 */
public enum RuleId {
    HALLUCINATION_UNLISTED_PATH("hallucination.unlisted-path"),
    HALLUCINATION_UNREAD_LEDGER("hallucination.unread-ledger"),
    HALLUCINATION_STALE_READ("hallucination.stale-read"),
    HALLUCINATION_SCOPE_CREEP("hallucination.scope-creep"),
    HALLUCINATION_UNKNOWN_VERSION("hallucination.unknown-version"),
    HALLUCINATION_UNPROVED("hallucination.unproved"),
    LANE_OUTSIDE("lane.outside"),
    LANE_READER_ONLY("lane.reader-only"),
    LANE_FORBIDDEN("lane.forbidden"),
    LANE_UNLOGGED_CHANGE("lane.unlogged-change"),
    PATH_INVALID("path.invalid"),
    TOOL_NOT_YOURS("tool.not-yours"),
    ARGUMENT_INVALID("argument.invalid"),
    MODE_READ_ONLY("mode.read-only"),
    SHIFT_NONE("shift.none"),
    SHIFT_ENDED("shift.ended"),
    SHIFT_NOT_YOURS("shift.not-yours"),
    GATE_CLOSED("gate.closed"),
    PHASE_OUT_OF_ORDER("phase.out-of-order"),
    ENTRY_INCOMPLETE("entry.incomplete"),
    EXIT_INCOMPLETE("exit.incomplete"),
    PROHIBITION_UNTESTED_CODE("prohibition.untested-code"),
    PROHIBITION_SECURITY_HOLES("prohibition.security-holes"),
    PROHIBITION_UNAPPROVED_HOTFIX("prohibition.unapproved-hotfix"),
    PROHIBITION_DIRECT_PRODUCTION("prohibition.direct-production"),
    PROOF_OWN_SHIFT("proof.own-shift"),
    PROOF_UNUSABLE("proof.unusable"),
    APPROVAL_MISSING("approval.missing"),
    APPROVAL_EXPIRED("approval.expired"),
    APPROVAL_SPENT("approval.spent"),
    APPROVAL_MISMATCH("approval.mismatch"),
    APPROVAL_UNKNOWN_APPROVER("approval.unknown-approver"),
    APPROVAL_SELF("approval.self"),
    APPROVAL_DENIED("approval.denied"),
    APPROVAL_NO_PRESENCE("approval.no-presence"),
    DEPLOY_NO_PLAN("deploy.no-plan"),
    DEPLOY_DRIFTED("deploy.drifted"),
    DEPLOY_IN_PROGRESS("deploy.in-progress"),
    DEPLOY_FROZEN("deploy.frozen"),
    DEPLOY_TOO_SOON("deploy.too-soon"),
    DEPLOY_UNRESOLVED("deploy.unresolved"),
    DEPLOY_NO_ROLLBACK("deploy.no-rollback"),
    DEPLOY_FOREIGN_CHANGE("deploy.foreign-change"),
    ENVIRONMENT_UNKNOWN("environment.unknown"),
    CONFIG_MISSING("config.missing"),
    POLICY_CHANGED("policy.changed"),
    HANDOFF_NOT_OBSERVED("handoff.not-observed"),
    CONTENT_SECRET("content.secret"),
    CONTENT_DANGEROUS("content.dangerous"),
    LIMIT_TOO_LARGE("limit.too-large"),
    LIMIT_TOO_MANY("limit.too-many"),
    JOURNAL_STOPPED("journal.stopped");

    private final String id;

    RuleId(String id) {
        this.id = id;
    }

    /** The id as clients see it, for example {@code lane.outside}. */
    public String id() {
        return id;
    }

    /** The rule of that id, or nothing where no rule has it. */
    public static Optional<RuleId> of(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id.equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
