package dev.wharfinger.tool;

import dev.wharfinger.approval.Kind;
import dev.wharfinger.call.Turn;
import dev.wharfinger.policy.AskedDigest;
import dev.wharfinger.policy.Exit;
import dev.wharfinger.policy.Planning;
import dev.wharfinger.rule.Refusal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** What the charter leaves out goes to production only where a person says so. */
record ScopeLeave(Project project, Guidance guidance, Decisions decisions) {
    private static final String CREEP = "scope_creep";

    /** Why what this shift was asked for may not go there; people are asked about each, once. */
    Optional<Refusal> refusal(Turn turn, String environment) {
        if (!isAfterAnother(environment)) {
            return Optional.empty();
        }
        return creeps(turn).stream()
                .flatMap(request -> refusal(turn, environment, request).stream())
                .reduce((first, _) -> first); // all are asked, and the first is told
    }

    /** With what the shift began, and what check_scope was asked since. */
    private List<String> creeps(Turn turn) {
        var all = new LinkedHashSet<String>();
        if (turn.shift().beginning().scope().equals(CREEP)) {
            all.add(turn.shift().beginning().request());
        }
        all.addAll(project.state().creeps().of(turn.shift().id()));
        return List.copyOf(all);
    }

    private Optional<Refusal> refusal(Turn turn, String environment, String request) {
        String digest = AskedDigest.scope(request, environment);
        if (decisions.granted(Kind.SCOPE, digest)) {
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
                                        "request: `" + Shown.brief(request, 500) + "`",
                                        "environment: " + environment)));
        String likeliest =
                new Exit(guidance.entry())
                        .likeliest(guidance.facts(turn.caller().persona(), turn.shift()));
        return Optional.of(
                Planning.creep(
                        Shown.brief(request, 120),
                        environment,
                        decisions.where(id).getFirst(),
                        likeliest));
    }

    private boolean isAfterAnother(String environment) {
        return project.settings()
                .environment(environment)
                .filter(settings -> settings.after().isPresent())
                .isPresent();
    }
}
