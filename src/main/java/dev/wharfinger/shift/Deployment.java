package dev.wharfinger.shift;

import dev.wharfinger.deploy.Progress;
import dev.wharfinger.persona.Principal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One deployment as the journal tells it: what was intended, what was done, how it ended.
 *
 * @param owner who holds the environment until it has ended
 */
public record Deployment(
        String id,
        PlanId plan,
        String environment,
        long fence,
        Optional<ShiftId> shift,
        Owner owner,
        List<Event.DeployStep> steps,
        Optional<Event.DeployFinished> finished) {
    public Deployment {
        steps = Collections.unmodifiableList(new ArrayList<>(steps));
    }

    /**
     * Who began it, when, and what for.
     *
     * @param request as the user asked for it; empty where no shift is known
     */
    public record Owner(Principal principal, Instant since, String request) {}

    static Deployment begun(Stamped entry, Event.DeployStarted begun, Optional<ShiftState> shift) {
        String request = shift.map(known -> known.beginning().request()).orElse("");
        return new Deployment(
                begun.deployment(),
                begun.plan(),
                begun.environment(),
                begun.fence(),
                entry.shift(),
                new Owner(entry.principal(), entry.at(), request),
                List.of(),
                Optional.empty());
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
        return new Deployment(id, plan, environment, fence, shift, owner, more, finished);
    }

    Deployment with(Event.DeployFinished end) {
        return new Deployment(id, plan, environment, fence, shift, owner, steps, Optional.of(end));
    }
}
