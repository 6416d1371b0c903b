package dev.wharfinger.shift;

import dev.wharfinger.deploy.Progress;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** One deployment as the journal tells it: what was intended, what was done, how it ended. */
public record Deployment(
        String id,
        PlanId plan,
        String environment,
        long fence,
        Optional<ShiftId> shift,
        List<Event.DeployStep> steps,
        Optional<Event.DeployFinished> finished) {
    public Deployment {
        steps = Collections.unmodifiableList(new ArrayList<>(steps));
    }

    /** Whether the target may still be changing, or may lie half changed. */
    public boolean running() {
        return finished.isEmpty();
    }

    /** Whether it is live and its health is being watched. */
    public boolean soaks() {
        return running()
                && !steps.isEmpty()
                && !steps.getLast().done()
                && steps.getLast().step().phase().equals("soak");
    }

    /** What a runner needs to know of it after a crash. */
    public Progress progress() {
        return new Progress(
                steps.stream().filter(step -> !step.done()).map(Event.DeployStep::step).toList(),
                steps.stream().filter(Event.DeployStep::done).map(Event.DeployStep::step).toList());
    }

    Deployment with(Event.DeployStep step) {
        var more = new ArrayList<>(steps);
        more.add(step);
        return new Deployment(id, plan, environment, fence, shift, more, finished);
    }

    Deployment with(Event.DeployFinished end) {
        return new Deployment(id, plan, environment, fence, shift, steps, Optional.of(end));
    }
}
