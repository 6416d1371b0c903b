package dev.wharfinger.tool;

import dev.wharfinger.approval.Kind;
import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.policy.AskedDigest;
import dev.wharfinger.policy.DecidedGrant;
import dev.wharfinger.policy.Facts;
import dev.wharfinger.policy.Planning;
import dev.wharfinger.policy.Returning;
import dev.wharfinger.policy.Returning.Undo;
import dev.wharfinger.policy.Rules;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.ReleaseRecord;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code rollback}: takes back what runs, at once. Whatever would stop a deployment is recorded
 * here and stops nothing.
 */
final class Rollback implements Tool {
    private final Project project;
    private final Guidance guidance;
    private final ReturnDesk desk;
    private final GateDesk gates;
    private final Decisions decisions;
    private final Jobs jobs;
    private final Returning returning = new Returning();

    Rollback(
            Project project,
            Guidance guidance,
            ReturnDesk desk,
            GateDesk gates,
            Decisions decisions,
            Jobs jobs) {
        this.project = project;
        this.guidance = guidance;
        this.desk = desk;
        this.gates = gates;
        this.decisions = decisions;
        this.jobs = jobs;
    }

    @Override
    public Traits traits() {
        return new Traits("rollback", Standing.SHIFT, Nature.CHANGES, Pace.WAITS);
    }

    @Override
    public Outcome run(Turn turn) {
        String environment = turn.arguments().text("environment");
        String reason = turn.arguments().text("reason");
        Optional<String> version = turn.arguments().maybeText("to_version");
        if (project.settings().environment(environment).isEmpty()) {
            Facts facts = guidance.facts(turn.caller().persona(), turn.shift());
            return new Outcome.Refused(
                    new Planning(guidance.entry()).unknownEnvironment(facts, environment));
        }
        String job = "return " + environment;
        if (jobs.isRunning(job)) {
            return await(
                    turn,
                    job,
                    () -> {
                        throw new IllegalStateException("the return has just ended");
                    });
        }
        Optional<Undo> found = desk.undo(environment, version);
        if (found.isEmpty()) {
            return new Outcome.Refused(returning.nothing(environment, version));
        }
        Undo undo = found.get();
        var pen = new Pen(project, turn.caller(), turn.shift().id());
        return switch (granted(turn, undo)) {
            case Verdict.Refused<DeployGrant>(var no) -> new Outcome.Refused(no);
            case Verdict.Granted<DeployGrant>(var grant) ->
                    await(turn, job, () -> desk.run(pen, undo, grant, reason));
        };
    }

    private Verdict<DeployGrant> granted(Turn turn, Undo undo) {
        String digest = AskedDigest.of("rollback", undo.question());
        Optional<DecidedGrant> decided =
                undo.free() ? Optional.empty() : decisions.leave(Kind.WAIVER, digest);
        List<String> where =
                undo.free() || decided.isPresent()
                        ? List.of("-")
                        : decisions.where(decisions.ask(question(turn, undo, digest)));
        Verdict<DeployGrant> may =
                returning.mayReturn(
                        undo,
                        false,
                        decided,
                        where,
                        project.ids().back(),
                        gates.nextFence(undo.environment()));
        if (may instanceof Verdict.Granted<DeployGrant>) {
            decided.ifPresent(yes -> decisions.spend(yes, turn.caller().principal()));
        }
        return may;
    }

    private static Request question(Turn turn, Undo undo, String digest) {
        String to = undo.to().map(ReleaseRecord::version).orElse("absent");
        return new Request(
                turn.caller().principal(),
                Optional.of(turn.caller().persona().name()),
                Optional.of(turn.shift().id()),
                Kind.WAIVER,
                Optional.of(undo.environment()),
                digest,
                "rollback of " + undo.environment() + " to " + to,
                List.of(
                        "from " + undo.from().version() + " " + undo.from().artifact(),
                        "to " + to,
                        "It was taken back before, or this is further back than one version.",
                        "reason, in the agent's words: `" + turn.arguments().text("reason") + "`"));
    }

    private Outcome await(Turn turn, String job, Supplier<ReturnDesk.Returned> work) {
        return jobs.await(turn.signals(), job, ReturnDesk.Returned.class, work)
                .map(returned -> answer(turn, returned))
                .orElseGet(() -> running(turn));
    }

    private Outcome running(Turn turn) {
        String environment = turn.arguments().text("environment");
        return project.reply("The return in " + environment + " is running. Call rollback again.")
                .put("state", "running")
                .put("environment", environment)
                .put("poll_after_s", 5)
                .next(
                        List.of(
                                NextCall.of("rollback", "environment", environment)
                                        .with("reason", turn.arguments().text("reason"))))
                .done();
    }

    private Outcome answer(Turn turn, ReturnDesk.Returned returned) {
        var end = returned.end();
        boolean back = end.state().equals("rolled_back");
        String runs = end.runs().map(ReleaseRecord::version).orElse("absent");
        Reply reply =
                project.reply(
                        (back ? "TAKEN BACK: " : "NOT TAKEN BACK: ")
                                + end.environment()
                                + ": "
                                + end.detail());
        var recorded = new ArrayList<>(returned.recorded());
        recorded.addAll(standing(turn));
        reply.put("state", end.state())
                .put("environment", end.environment())
                .put("restored", runs)
                .put("millis", end.millis())
                .put("observed", end.detail())
                .put("notices", returned.notices())
                .put("recorded", recorded);
        reply.line("took " + end.millis() + " ms");
        returned.notices().forEach(notice -> reply.line("written: " + notice));
        recorded.forEach(fact -> reply.line("recorded: " + fact));
        guidance.next(turn).ifPresent(reply::next);
        return reply.done();
    }

    /** What would have stopped a deployment: told, and no reason to refuse. */
    private List<String> standing(Turn turn) {
        Facts facts = guidance.facts(turn.caller().persona(), turn.shift());
        var all = new ArrayList<String>();
        if (!(facts.rules() instanceof Rules.Accepted)) {
            facts.rules().refusal().ifPresent(no -> all.add(no.reason()));
        }
        guidance.entry().missing(facts).forEach(no -> all.add(no.reason()));
        return all;
    }
}
