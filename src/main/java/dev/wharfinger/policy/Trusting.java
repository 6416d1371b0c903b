package dev.wharfinger.policy;

import dev.wharfinger.approval.Approvers;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;

import java.util.Optional;

/**
 * Whether changed rules may be accepted: the first time by whoever keeps the project, afterwards
 * only with the yes of those whom the accepted rules name.
 */
public final class Trusting {
    /** Leave to accept the rules of this digest; minted only in policy. */
    public record TrustGrant(String digest, Optional<DecidedGrant> decided) {}

    /**
     * Whether the rules of this digest may be accepted.
     *
     * @param before whether rules were accepted before
     * @param approvers those of the accepted rules; nothing where their copy is lost
     * @param yes what people decided about exactly this digest
     */
    public Verdict<TrustGrant> mayAccept(
            String digest,
            boolean before,
            Optional<Approvers> approvers,
            Optional<DecidedGrant> yes) {
        if (before && approvers.isEmpty()) {
            return Verdict.refused(
                    Refusal.by(
                            Opener.HUMAN,
                            RuleId.POLICY_CHANGED,
                            "The approvers file is not the accepted one, and its accepted copy is"
                                    + " lost: nobody can decide.",
                            "Put the approvers file back as it was accepted, then run `wharf"
                                    + " trust`."));
        }
        if (yes.isPresent()) {
            return yes.get().subject().digest().equals(digest)
                    ? Verdict.granted(new TrustGrant(digest, yes))
                    : Verdict.refused(needed());
        }
        return before && !approvers.orElseThrow().all().isEmpty()
                ? Verdict.refused(needed())
                : Verdict.granted(new TrustGrant(digest, Optional.empty()));
    }

    private static Refusal needed() {
        return Refusal.by(
                Opener.HUMAN,
                RuleId.APPROVAL_MISSING,
                "A change of the rules takes the yes of those who decided before it.",
                "Tell the user: an approver looks at the difference and decides.");
    }
}
