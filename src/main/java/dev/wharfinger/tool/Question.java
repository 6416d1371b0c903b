package dev.wharfinger.tool;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.approval.Approvers;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.policy.Subject;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.ShiftId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One plan or question before people, with the settings by which they decide.
 *
 * @param by whose credential asked
 * @param plan what is planned, where it is a plan
 * @param lines what a person must see, where it is none
 */
record Question(
        Subject subject,
        String title,
        ApprovalSettings settings,
        Principal by,
        Optional<ShiftId> shift,
        Instant asked,
        Instant expires,
        Optional<DeployPlan> plan,
        List<String> lines) {
    Question {
        lines = List.copyOf(lines);
    }

    /** The person who asks, or for whom the credential was made. */
    Optional<String> requester(Approvers approvers) {
        return Requester.of(by, approvers);
    }
}
