package dev.wharfinger.tool;

import dev.wharfinger.policy.Returning.Undo;
import dev.wharfinger.shift.Deployment;
import dev.wharfinger.shift.ReleaseRecord;

import java.util.Optional;

/** Finds what a return would take back: the running deployment there, else what it left. */
record Undoing(Project project) {
    /** What would be taken back; nothing, where nothing of ours is there. */
    Optional<Undo> undo(String environment, Optional<String> version) {
        Optional<Deployment> running =
                project.state().unfinished().stream()
                        .filter(open -> open.environment().equals(environment))
                        .reduce((_, later) -> later);
        Optional<Undo> last =
                running.isPresent()
                        ? running.flatMap(this::undo)
                        : project.state()
                                .runs(environment)
                                .flatMap(runs -> undo(environment, runs));
        if (version.isEmpty() || last.isEmpty()) {
            return last;
        }
        Undo usual = last.get();
        if (usual.to().filter(to -> to.version().equals(version.get())).isPresent()) {
            return last;
        }
        return ran(environment, version.get())
                .map(to ->
                        new Undo(
                                environment,
                                usual.plan(),
                                usual.undone(),
                                usual.from(),
                                Optional.of(to),
                                false));
    }

    private Optional<Undo> undo(Deployment running) {
        return project.state()
                .plan(running.plan())
                .map(plan ->
                        new Undo(
                                running.environment(),
                                plan.digest(),
                                running.id(),
                                new ReleaseRecord(
                                        plan.artifact(),
                                        plan.version(),
                                        plan.commit(),
                                        running.id()),
                                plan.rollback(),
                                isFree(running.environment(), running.id())));
    }

    private Optional<Undo> undo(String environment, ReleaseRecord runs) {
        return project.state().all().stream()
                .filter(deployment -> deployment.id().equals(runs.deployment()))
                .findFirst()
                .flatMap(deployment -> project.state().plan(deployment.plan()))
                .map(plan ->
                        new Undo(
                                environment,
                                plan.digest(),
                                runs.deployment(),
                                runs,
                                plan.rollback(),
                                isFree(environment, runs.deployment())));
    }

    private boolean isFree(String environment, String deployment) {
        return project.state().returns().forward(environment).equals(Optional.of(deployment));
    }

    /** The last release of that version that was live there. */
    private Optional<ReleaseRecord> ran(String environment, String version) {
        return project.state().all().stream()
                .flatMap(deployment -> deployment.finished().stream())
                .filter(end -> end.environment().equals(environment) && end.state().equals("done"))
                .flatMap(end -> end.runs().stream())
                .filter(release -> release.version().equals(version))
                .reduce((_, later) -> later);
    }
}
