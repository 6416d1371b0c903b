package dev.wharfinger.policy;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.approval.Approvers;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.DeployPlan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the walk asks policy. The real classes answer; a test may plant a hole by answering one
 * question otherwise.
 */
class Decisions {
    private final Entry entry = new Entry();
    private final Exit exit = new Exit(entry);
    private final Guide guide = new Guide(exit);
    private final Planning planning = new Planning(entry);
    private final Deploying deploying = new Deploying(entry);
    private final Proving proving = new Proving();

    /** {@link Guide#next}. */
    List<NextCall> next(Facts facts) {
        return guide.next(facts);
    }

    /** {@link Entry#missing}. */
    List<Refusal> missing(Facts facts) {
        return entry.missing(facts);
    }

    /** {@link Planning#mayAsk}. */
    Verdict<Planning.Asked> mayAsk(Facts facts, Planning.Request request) {
        return planning.mayAsk(facts, request);
    }

    /** {@link Planning#nobodyDecides}, where one person must decide. */
    Optional<Refusal> nobodyDecides(Facts facts, String environment, Approvers approvers) {
        var one =
                new ApprovalSettings(
                        1,
                        ApprovalSettings.Presence.REQUIRED,
                        Duration.ofHours(1),
                        List.of(),
                        false);
        return planning.nobodyDecides(facts, environment, one, approvers);
    }

    /** {@link Planning#mayPass}. */
    Verdict<List<GateState>> mayPass(List<GateState> gates) {
        return planning.mayPass(gates);
    }

    /** {@link Deploying#mayDeploy}. */
    Verdict<DeployGrant> mayDeploy(Facts facts, DeployPlan plan, Deploying.Now now) {
        return deploying.mayDeploy(facts, plan, now, "d_new", 7);
    }

    /** {@link Deploying#noPlan}. */
    Refusal noPlan(Facts facts, String asked) {
        return deploying.noPlan(facts, asked);
    }

    /** {@link Planning#unknownEnvironment}. */
    Refusal unknownEnvironment(Facts facts, String asked) {
        return planning.unknownEnvironment(facts, asked);
    }

    /** {@link Unfinished#refusal}. */
    Refusal inProgress(Facts facts, Unfinished other) {
        return other.refusal(facts);
    }

    /** {@link Proving#mayProve}. */
    Verdict<GateId> mayProve(Facts facts, GateId gate) {
        return proving.mayProve(facts, gate);
    }

    /** {@link Exit#mayEnd}. */
    Verdict<Exit.Ending> mayEnd(Facts facts, String outcome) {
        return exit.mayEnd(facts, outcome);
    }
}
