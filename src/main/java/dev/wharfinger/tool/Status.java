package dev.wharfinger.tool;

import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.deploy.LocalTarget;
import dev.wharfinger.deploy.Observed;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.policy.Rules;
import dev.wharfinger.shift.Deployment;
import dev.wharfinger.shift.JsonTree;
import dev.wharfinger.shift.ReleaseRecord;
import dev.wharfinger.shift.ShiftState;

import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;
import java.util.function.Function;

/** What people see with {@code wharf status}: rules, environments as observed now, open shifts. */
public final class Status {
    private final Project project;
    private final Function<EnvironmentSettings, LocalTarget> targets;
    private final Lookout lookout;

    Status(Project project, Function<EnvironmentSettings, LocalTarget> targets, Lookout lookout) {
        this.project = project;
        this.targets = targets;
        this.lookout = lookout;
    }

    /** The status as data, for whoever asks; the command prints it. */
    public ObjectNode look(Principal by) {
        ObjectNode node = JsonTree.object();
        node.put("project", project.settings().project());
        node.put("rules", rules());
        node.put("enforcement", project.walls().against(by));
        var environments = node.putArray("environments");
        for (EnvironmentSettings settings : project.settings().environments().values()) {
            Observed seen = targets.apply(settings).observe();
            Optional<ReleaseRecord> ours = project.state().runs(settings.name().value());
            ObjectNode one = environments.addObject().put("name", settings.name().value());
            one.put("recorded", ours.map(ReleaseRecord::version).orElse("-"));
            one.put("observed", seen.version().orElse("-"));
            one.put("healthy", seen.healthy());
            one.put("detail", seen.detail());
            lookout.look(settings).ifPresent(what -> one.put("unexplained", what));
        }
        var shifts = node.putArray("shifts");
        for (ShiftState shift : project.state().openShifts()) {
            shifts.addObject()
                    .put("shift", shift.id().value())
                    .put("persona", shift.persona().value())
                    .put("principal", shift.principal().value())
                    .put("request", Shown.brief(shift.beginning().request(), 80));
        }
        var open = node.putArray("unfinished");
        for (Deployment deployment : project.state().unfinished()) {
            open.addObject()
                    .put("deployment", deployment.id())
                    .put("environment", deployment.environment());
        }
        node.putObject("journal").put("size", project.recorder().journal().size());
        return node;
    }

    private String rules() {
        return switch (project.rules().get()) {
            case Rules.Accepted(var digest) -> "accepted " + digest.substring(0, 12);
            case Rules.Missing _ -> "no wharf.yaml";
            case Rules.Stale(_, var files) ->
                    "accepted, but the server must start again: " + String.join(", ", files);
            case Rules.Changed(_, var files) -> "changed: " + String.join(", ", files);
        };
    }
}
