package dev.wharfinger.policy;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.PeopleEvent;
import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.shift.Stamped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * 8: whatever happens in whatever order, one plan begins once, and one approval lets one deployment
 * begin.
 */
final class OnceWalk {
    private static final int STEPS = 7;
    private static final DeployPlan PLAN = DeployWalk.PLAN;
    private static final ApprovalSettings ONE =
            new ApprovalSettings(
                    1, ApprovalSettings.Presence.REQUIRED, Duration.ofHours(1), List.of(), true);
    private final House house;
    private final BrokenPromises broken;
    private final Votes votes = new Votes(PLAN);
    private final List<PeopleEvent.DecisionMade> approvals =
            IntStream.range(0, STEPS).mapToObj(_ -> votes.annas()).toList();
    private final Map<String, Standing> known = new HashMap<>();

    OnceWalk(House house, BrokenPromises broken) {
        this.house = house;
        this.broken = broken;
    }

    /** What can happen around one plan, for promise 8. */
    private enum Step {
        APPROVE,
        DEPLOY,
        END_DONE,
        END_BADLY,
        CRASH
    }

    /** Walks every order of so many steps. */
    void walk() {
        walk(List.of(), STEPS);
    }

    private void walk(List<Step> steps, int more) {
        if (more == 0) {
            played(steps);
            return;
        }
        for (Step step : Step.values()) {
            var longer = new ArrayList<>(steps);
            longer.add(step);
            walk(longer, more - 1);
        }
    }

    /** What was decided, and what of it is used up, says how the question stands. */
    private Standing standing(ProjectState state) {
        String key =
                state.decisions().made(PLAN.id().value()).stream()
                        .map(made -> made.nonce() + state.decisions().isSpent(made.nonce()))
                        .toList()
                        .toString();
        return known.computeIfAbsent(
                key, _ -> house.standing(Subject.of("shop", PLAN), votes.terms(ONE, state)));
    }

    private void played(List<Step> steps) {
        broken.state();
        var log = new ArrayList<Event>();
        ProjectState state = folded(log);
        Map<String, Integer> spent = new HashMap<>();
        int begun = 0;
        int approved = 0;
        for (Step step : steps) {
            switch (step) {
                case APPROVE -> log.add(approvals.get(approved++));
                case DEPLOY -> {
                    if (!house.begun(state, PLAN)
                            && standing(state) instanceof Standing.Yes(var leave)) {
                        begun++;
                        leave.nonces().forEach(nonce -> spent.merge(nonce, 1, Integer::sum));
                        log.add(
                                new Event.DeployStarted(
                                        "d_" + begun,
                                        PLAN.id(),
                                        "production",
                                        begun,
                                        leave.nonces()));
                    }
                }
                case END_DONE -> log.add(end(begun, "done"));
                case END_BADLY -> log.add(end(begun, "rolled_back"));
                case CRASH -> state = folded(log);
            }
            state = step == Step.CRASH ? state : folded(log);
        }
        boolean once = begun <= 1 && spent.values().stream().allMatch(times -> times == 1);
        broken.holds(8, once, steps::toString);
    }

    private static Event end(int begun, String state) {
        return new Event.DeployFinished(
                "d_" + begun,
                PLAN.id(),
                "production",
                state,
                "ended",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    private static ProjectState folded(List<Event> log) {
        var state = new ProjectState();
        for (Event event : log) {
            var entry =
                    new Stamped(
                            state.size(),
                            Votes.NOW,
                            Cases.ANNA,
                            Optional.empty(),
                            Optional.of(Cases.OWN),
                            event);
            state.apply(entry, "line");
        }
        return state;
    }
}
