package dev.wharfinger.tool;

import dev.wharfinger.call.Caller;
import dev.wharfinger.call.Shelf;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.JsonTree;
import dev.wharfinger.shift.PlanId;
import dev.wharfinger.shift.ShiftState;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deployment plans as clients get them: what each rests on, how often it was decided about, and
 * what became of it. A plan is shown to the persona and principal whose open shift made it.
 */
final class PlanShelf {
    private static final String SCHEME = "plan://";
    private static final String JSON = "application/json";

    private final Project project;

    PlanShelf(Project project) {
        this.project = project;
    }

    /** The plans of the caller's open shift, in the order in which they were made. */
    List<Shelf.Resource> of(Caller caller) {
        var resources = new ArrayList<Shelf.Resource>();
        for (DeployPlan plan : own(caller)) {
            resources.add(
                    new Shelf.Resource(
                            SCHEME + plan.id(),
                            "plan",
                            plan.version() + " to " + plan.environment(),
                            "",
                            JSON));
        }
        return resources;
    }

    /** One of them, by its id. */
    Optional<Shelf.Content> read(Caller caller, String uri, String id) {
        return own(caller).stream()
                .filter(plan -> plan.id().value().equals(id))
                .findFirst()
                .map(plan -> new Shelf.Content(uri, JSON, json(plan), false));
    }

    private List<DeployPlan> own(Caller caller) {
        Optional<ShiftState> shift =
                project.state().openShift(caller.persona().name(), caller.principal());
        var plans = new ArrayList<DeployPlan>();
        if (shift.isPresent()) {
            for (PlanId id : shift.get().plans().sequencedKeySet()) {
                project.state().plan(id).ifPresent(plans::add);
            }
        }
        return plans;
    }

    private String json(DeployPlan plan) {
        var node =
                JsonTree.object()
                        .put("plan", plan.id().value())
                        .put("environment", plan.environment())
                        .put("version", plan.version())
                        .put("commit", plan.commit().sha())
                        .put("artifact", plan.artifact())
                        .put("digest", plan.digest())
                        .put("expires", plan.expires().toString())
                        .put(
                                "decisions",
                                project.state().decisions().made(plan.id().value()).size());
        project.state()
                .deploymentOf(plan.id())
                .ifPresent(deployment ->
                        node.put("deployment", deployment.id())
                                .put(
                                        "state",
                                        deployment
                                                .finished()
                                                .map(end -> end.state())
                                                .orElse("running")));
        return JsonTree.write(node);
    }
}
