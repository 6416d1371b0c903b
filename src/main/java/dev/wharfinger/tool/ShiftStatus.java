package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.persona.Phase;
import dev.wharfinger.policy.Entry;
import dev.wharfinger.policy.Exit;
import dev.wharfinger.policy.Facts;
import dev.wharfinger.shift.Deployment;
import dev.wharfinger.shift.PlanId;
import dev.wharfinger.shift.ShiftState;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code shift_status}: where the shift stands, item by item, and what may be called next. */
final class ShiftStatus implements Tool {
    private static final Duration LOOK = Duration.ofMillis(200);
    private final Project project;
    private final Guidance guidance;
    private final Decisions decisions;

    ShiftStatus(Project project, Guidance guidance, Decisions decisions) {
        this.project = project;
        this.guidance = guidance;
        this.decisions = decisions;
    }

    @Override
    public Traits traits() {
        return new Traits("shift_status", Standing.SHIFT_OR_NONE, Nature.READS, Pace.WAITS);
    }

    @Override
    public Outcome run(Turn turn) {
        Optional<ShiftState> shift = turn.maybeShift();
        if (shift.isEmpty()) {
            return project.reply("No shift of yours is open. Begin one with begin_shift.")
                    .put("open", false)
                    .next(List.of(Guidance.begin()))
                    .done();
        }
        turn.arguments()
                .maybeInt("wait_s")
                .ifPresent(seconds -> await(turn, Math.min(seconds, 19)));
        return turn.maybeShift().map(now -> answer(turn, now)).orElseGet(() -> ended(shift.get()));
    }

    /** Waits while a deployment runs, or something that this shift asked waits for people. */
    private void await(Turn turn, int seconds) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() < end && !turn.signals().cancelled() && busy(turn)) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean busy(Turn turn) {
        return !project.state().unfinished().isEmpty()
                || turn.maybeShift().filter(shift -> decisions.isWaiting(shift.id())).isPresent();
    }

    private Outcome ended(ShiftState shift) {
        return project.reply("The shift has ended.")
                .put("open", false)
                .put("shift", shift.id().value())
                .done();
    }

    private Outcome answer(Turn turn, ShiftState shift) {
        Facts facts = guidance.facts(turn.caller().persona(), shift);
        String outcome = guidance.exit().likeliest(facts);
        String phase = phase(facts);
        Reply reply =
                project.reply(
                        "Shift open; phase: " + phase + "; it would end as `" + outcome + "`.");
        reply.put("open", true)
                .put("shift", shift.id().value())
                .put("phase", phase)
                .put("enforcement", project.walls().against(turn.caller().principal()));
        var entry = reply.list("entry");
        for (Entry.Item item : guidance.entry().items(facts)) {
            entry.addObject()
                    .put("id", item.id())
                    .put("text", item.text())
                    .put("done", item.done())
                    .put("how", item.how());
            reply.line((item.done() ? "[x] " : "[ ] ") + item.id() + " " + item.how());
        }
        var exit = reply.list("exit");
        for (Exit.Item item : guidance.exit().items(facts, outcome)) {
            String state = item.state().name().toLowerCase(java.util.Locale.ROOT);
            exit.addObject()
                    .put("id", item.id())
                    .put("text", item.text())
                    .put("state", state)
                    .put("how", item.how());
            reply.line(
                    (item.state() == Exit.State.OPEN ? "[ ] " : "[x] ")
                            + item.id()
                            + " "
                            + item.how());
        }
        reply.put("sightings", shift.sightings().byPath().size())
                .put("files_read", shift.sightings().reads().size());
        plans(reply, facts);
        outcomes(reply, facts);
        return reply.next(guidance.guide().next(facts)).done();
    }

    private void outcomes(Reply reply, Facts facts) {
        var outcomes = reply.list("outcomes");
        var words = new ArrayList<String>();
        for (Exit.Outcome one : guidance.exit().outcomes(facts)) {
            outcomes.addObject()
                    .put("slug", one.slug())
                    .put("observed", one.observed())
                    .put("next", one.next());
            words.add(one.slug() + (one.observed() ? " (observed)" : "") + " → " + one.next());
        }
        reply.line("outcomes: " + String.join(", ", words));
    }

    private void plans(Reply reply, Facts facts) {
        var plans = reply.list("plans");
        for (var id : facts.shift().plans().sequencedKeySet()) {
            Optional<Deployment> deployment = project.state().deploymentOf(id);
            String state =
                    deployment
                            .map(d -> d.finished().map(end -> end.state()).orElse("running"))
                            .orElseGet(() -> waiting(id));
            plans.addObject()
                    .put("plan", id.value())
                    .put("environment", facts.shift().plans().get(id))
                    .put("state", state);
            reply.line("plan " + id + ": " + state);
        }
    }

    private String waiting(PlanId plan) {
        return decisions
                .standing(plan.value())
                .map(standing ->
                        switch (standing) {
                            case dev.wharfinger.policy.Standing.Yes _ -> "approved";
                            case dev.wharfinger.policy.Standing.Waiting _ -> "waiting_for_approval";
                            case dev.wharfinger.policy.Standing.No _ -> "denied";
                        })
                .orElse("planned");
    }

    private static String phase(Facts facts) {
        return facts.persona().phases().stream()
                .filter(phase -> !facts.shift().phases().containsKey(phase.number()))
                .map(Phase::name)
                .findFirst()
                .orElse("done");
    }
}
