package dev.wharfinger.approval;

import java.time.Duration;
import java.util.List;

/**
 * Who decides about an environment's plans, as {@code wharf.yaml} declares it.
 *
 * @param count how many people must say yes; 0 asks nobody
 * @param expire how long a yes holds
 * @param from the people who may decide; none named means everybody in the approvers file
 * @param fourEyes whether the requester's own yes is refused
 */
public record ApprovalSettings(
        int count, Presence presence, Duration expire, List<String> from, boolean fourEyes) {
    /** Whether a signature must prove that a human touched something. */
    public enum Presence {
        REQUIRED,
        ANY
    }

    public ApprovalSettings {
        from = List.copyOf(from);
        if (count < 0 || count > 20) {
            throw new IllegalArgumentException("count is 0 to 20, not " + count);
        }
        if (!expire.isPositive()) {
            throw new IllegalArgumentException("an approval holds for some time, not " + expire);
        }
        if (!from.isEmpty() && from.size() < count) {
            throw new IllegalArgumentException(
                    count + " approvals cannot come from " + from.size() + " people");
        }
    }
}
