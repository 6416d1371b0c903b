package dev.wharfinger.policy;

import dev.wharfinger.approval.Kind;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.PeopleEvent;

import java.util.Locale;

/**
 * What people decide about: everything that the text they sign must say of it.
 *
 * @param id of the plan or the question; not signed, for it is only a handle of the digest
 * @param environment {@code -} where none is concerned; so with {@code version} and {@code
 *     artifact}
 */
public record Subject(
        String id,
        Kind kind,
        String project,
        String environment,
        String version,
        String digest,
        String artifact) {
    private static final String NONE = "-";

    /** A plan, under the digest of its own text: one that was altered has another. */
    public static Subject of(String project, DeployPlan plan) {
        return new Subject(
                plan.id().value(),
                Kind.PLAN,
                project,
                plan.environment(),
                plan.version(),
                plan.sealed().digest(),
                plan.artifact());
    }

    /** A question that is no plan's. */
    public static Subject of(String project, PeopleEvent.DecisionAsked asked) {
        return new Subject(
                asked.id(),
                Kind.valueOf(asked.kind().toUpperCase(Locale.ROOT)),
                project,
                asked.environment().orElse(NONE),
                NONE,
                asked.digest(),
                NONE);
    }
}
