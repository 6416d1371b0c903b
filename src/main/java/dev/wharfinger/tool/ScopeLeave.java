package dev.wharfinger.tool;

import dev.wharfinger.approval.Kind;
import dev.wharfinger.call.Turn;
import dev.wharfinger.policy.AskedDigest;
import dev.wharfinger.policy.DecidedGrant;
import dev.wharfinger.policy.Planning;
import dev.wharfinger.rule.Refusal;

import java.util.List;
import java.util.Optional;

/** What the charter leaves out goes to production only where a person says so. */
record ScopeLeave(Project project, Decisions decisions) {
    private static final String CREEP = "scope_creep";

    /** Why this shift's request may not go there; people are asked, once. */
    Optional<Refusal> refusal(Turn turn, String environment) {
        if (!isCreep(turn, environment)) {
            return Optional.empty();
        }
        String digest = AskedDigest.scope(turn.shift().beginning().request(), environment);
        Optional<DecidedGrant> leave = decisions.leave(Kind.SCOPE, digest);
        if (leave.isPresent()) {
            return Optional.empty();
        }
        String id =
                decisions.ask(
                        new Request(
                                turn.caller().principal(),
                                Optional.of(turn.caller().persona().name()),
                                Optional.of(turn.shift().id()),
                                Kind.SCOPE,
                                Optional.of(environment),
                                digest,
                                "a request that the charter leaves out, to " + environment,
                                List.of(
                                        "request: `" + turn.shift().beginning().request() + "`",
                                        "environment: " + environment)));
        return Optional.of(Planning.creep(environment, decisions.where(id).getFirst()));
    }

    private boolean isCreep(Turn turn, String environment) {
        boolean after =
                project.settings()
                        .environment(environment)
                        .filter(settings -> settings.after().isPresent())
                        .isPresent();
        return after && turn.shift().beginning().scope().equals(CREEP);
    }
}
