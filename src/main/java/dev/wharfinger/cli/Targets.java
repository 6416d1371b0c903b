package dev.wharfinger.cli;

import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.deploy.LocalTarget;
import dev.wharfinger.deploy.Pace;
import dev.wharfinger.tool.Project;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One target object an environment: its locks keep two deployments of this process apart. */
final class Targets implements Function<EnvironmentSettings, LocalTarget> {
    private final Map<String, LocalTarget> targets = new ConcurrentHashMap<>();
    private final Project project;

    Targets(Project project) {
        this.project = project;
    }

    @Override
    public LocalTarget apply(EnvironmentSettings environment) {
        return targets.computeIfAbsent(
                environment.name().value(),
                _ ->
                        new LocalTarget(
                                environment,
                                project.artifacts().get(),
                                project.services().get(),
                                project.commands().get(),
                                project.environment(),
                                Pace.system()));
    }
}
