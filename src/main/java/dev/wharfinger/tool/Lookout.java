package dev.wharfinger.tool;

import dev.wharfinger.approval.Kind;
import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.policy.AskedDigest;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.PeopleEvent;

import java.util.List;
import java.util.Optional;

/**
 * Looks for what runs or lies in a target and no entry of the journal explains. It is journaled
 * when it is first seen and when it is gone, shown to everybody, and needs a person for production.
 */
record Lookout(Project project, Rollbacks rollbacks, Decisions decisions) {
    private static final Principal SERVER = new Principal("wharfinger");

    /** What is unexplained there now; while a deployment or return runs, nothing is said. */
    Optional<String> look(EnvironmentSettings environment) {
        String name = environment.name().value();
        return project.alone(() -> {
            boolean changing =
                    project.state().unfinished().stream()
                                    .anyMatch(open -> open.environment().equals(name))
                            || project.state().returns().unfinished().stream()
                                    .anyMatch(back -> back.begun().environment().equals(name));
            if (changing) {
                return Optional.empty();
            }
            Optional<String> seen =
                    rollbacks
                            .foreign(environment, project.state().runs(name))
                            .map(what -> Shown.brief(what, 300));
            if (!seen.equals(project.state().returns().foreign(name))
                    && !project.recorder().journal().stopped()) {
                project.recorder()
                        .record(
                                SERVER,
                                Optional.empty(),
                                Optional.empty(),
                                new PeopleEvent.ForeignSeen(name, seen));
            }
            return seen;
        });
    }

    /** Everything unexplained, in a line each, for those who only look. */
    List<String> lines() {
        return project.settings().environments().values().stream()
                .flatMap(environment ->
                        look(environment).stream().map(what -> environment.name() + ": " + what))
                .toList();
    }

    /** Whether a person said that exactly this may stay and be deployed upon. */
    boolean isAccepted(String environment, String what) {
        return decisions.granted(Kind.WAIVER, AskedDigest.of("foreign", environment, what));
    }

    /** The same refusals; the one that a foreign change closed says where a person decides. */
    List<Refusal> asking(Pen pen, EnvironmentSettings environment, List<Refusal> no) {
        Optional<String> seen = look(environment);
        if (seen.isEmpty()
                || no.stream().noneMatch(one -> one.rule() == RuleId.DEPLOY_FOREIGN_CHANGE)) {
            return no;
        }
        String name = environment.name().value();
        String id =
                decisions.ask(
                        new Request(
                                pen.caller().principal(),
                                Optional.of(pen.caller().persona().name()),
                                pen.at(),
                                Kind.WAIVER,
                                Optional.of(name),
                                AskedDigest.of("foreign", name, seen.get()),
                                "what nobody explains in " + name,
                                List.of("seen: " + seen.get())));
        return no.stream()
                .map(one ->
                        one.rule() == RuleId.DEPLOY_FOREIGN_CHANGE
                                ? Refusal.by(
                                                one.by(),
                                                one.rule(),
                                                one.reason(),
                                                "Tell the user: a person looks there, and decides"
                                                        + " with `"
                                                        + decisions.where(id).getFirst()
                                                        + "`.")
                                        .then(one.next())
                                : one)
                .toList();
    }
}
