package dev.wharfinger.shift;

import dev.wharfinger.deploy.Progress;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every return to what ran before: what began and has not ended, what may be taken back, and what
 * stands in its way unexplained.
 */
public final class Returns {
    private final Map<String, Back> open = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, String> forward = new ConcurrentHashMap<>();
    private final Map<String, String> foreign = new ConcurrentHashMap<>();
    private final Map<String, PeopleEvent.ReturnStarted> started = new ConcurrentHashMap<>();

    /** A return that has begun and not ended, with who began it and what was done of it. */
    public record Back(Stamped entry, List<Event.DeployStep> steps) {
        public Back {
            steps = List.copyOf(steps);
        }

        /** What began. */
        public PeopleEvent.ReturnStarted begun() {
            return (PeopleEvent.ReturnStarted) entry.event();
        }

        /** What a runner needs to know of it after a crash. */
        public Progress progress() {
            return new Progress(
                    steps.stream()
                            .filter(step -> !step.done())
                            .map(Event.DeployStep::step)
                            .toList(),
                    steps.stream()
                            .filter(Event.DeployStep::done)
                            .map(Event.DeployStep::step)
                            .toList());
        }

        private Back with(Event.DeployStep step) {
            var more = new ArrayList<>(steps);
            more.add(step);
            return new Back(entry, more);
        }
    }

    /** Takes in one entry; those about other things leave nothing behind. */
    void apply(Stamped entry) {
        Event event = entry.event();
        if (event instanceof PeopleEvent.ReturnStarted e) {
            open.put(e.id(), new Back(entry, List.of()));
            started.put(e.id(), e);
            forward.remove(e.environment());
        } else if (event instanceof Event.DeployStep e) {
            open.computeIfPresent(e.step().deployment(), (_, back) -> back.with(e));
        } else if (event instanceof PeopleEvent.ReturnFinished e) {
            open.remove(e.id());
        } else if (event instanceof Event.DeployStarted e) {
            forward.put(e.environment(), e.deployment());
        } else if (event instanceof Event.DeployFinished e) {
            ended(e);
        } else if (event instanceof PeopleEvent.ForeignSeen e) {
            e.what()
                    .ifPresentOrElse(
                            what -> foreign.put(e.environment(), what),
                            () -> foreign.remove(e.environment()));
        }
    }

    /** A deployment that changed nothing leaves what went forward before it. */
    private void ended(Event.DeployFinished e) {
        if (!e.state().equals("done")) {
            forward.remove(e.environment(), e.deployment());
            if (e.state().equals("failed")) {
                e.runs()
                        .filter(runs -> !isUndone(runs.deployment()))
                        .ifPresent(runs -> forward.put(e.environment(), runs.deployment()));
            }
        }
    }

    private boolean isUndone(String deployment) {
        return started.values().stream()
                .anyMatch(back ->
                        back.undone().equals(deployment)
                                || back.to()
                                        .filter(to -> to.deployment().equals(deployment))
                                        .isPresent());
    }

    /** Whether a return was begun that takes this deployment back. */
    public boolean takes(String deployment) {
        return started.values().stream().anyMatch(back -> back.undone().equals(deployment));
    }

    /** What began and has not ended, oldest first. */
    public List<Back> unfinished() {
        synchronized (open) {
            return List.copyOf(open.values());
        }
    }

    /** The highest fence that a return has taken, or 0. */
    public long lastFence() {
        return started.values().stream()
                .mapToLong(PeopleEvent.ReturnStarted::fence)
                .max()
                .orElse(0);
    }

    /** The deployment that was the last step forward there, and was not taken back since. */
    public Optional<String> forward(String environment) {
        return Optional.ofNullable(forward.get(environment));
    }

    /** What the journal last said of an environment that no entry explains. */
    public Optional<String> foreign(String environment) {
        return Optional.ofNullable(foreign.get(environment));
    }
}
