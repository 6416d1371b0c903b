package dev.wharfinger.deploy;

import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.Services;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A folder on this machine with immutable releases, an atomic {@code current}, and one service. One
 * object a folder in one process: the locks of two would not keep each other out.
 */
public final class LocalTarget implements Target {
    private static final Duration QUICK = Duration.ofSeconds(60);
    private static final Duration COPY = Duration.ofMinutes(10);

    private final EnvironmentSettings environment;
    private final LocalSettings settings;
    private final ArtifactStore artifacts;
    private final TargetFolder folder;
    private final FenceFile fence;
    private final DeployLock lock;
    private final LocalEffects effects;
    private final LocalService service;
    private final LocalSight sight;

    /**
     * @param variables the server's own environment; declared names are handed to the service
     */
    public LocalTarget(
            EnvironmentSettings environment,
            ArtifactStore artifacts,
            Services services,
            CommandRunner runner,
            Map<String, String> variables,
            Pace pace) {
        this.environment = environment;
        this.settings =
                switch (environment.target()) {
                    case LocalSettings local -> local;
                };
        this.artifacts = artifacts;
        this.folder = new TargetFolder(settings.dir());
        this.fence = new FenceFile(settings.dir(), pace);
        this.lock = new DeployLock(settings.dir());
        var http = new Http();
        this.service = new LocalService(folder, environment, settings, services, runner, variables);
        this.sight = new LocalSight(folder, settings, service, services, http);
        var smoke = new SmokeTests(http);
        this.effects =
                new LocalEffects(settings, artifacts, folder, fence, service, sight, smoke, pace);
    }

    @Override
    public List<Step> rollout(Release release, Optional<Release> from) {
        var again = new Probe.Again();
        var steps = new ArrayList<Step>();
        steps.add(new Step("look at the target", new Effect.Inspect(from), again, QUICK));
        steps.add(stage(release));
        steps.add(fence(Way.FORWARD, "take the target"));
        steps.add(switchTo(Optional.of(release), Way.FORWARD));
        steps.add(stop(Way.FORWARD, "stop what ran before"));
        steps.addAll(start(release, Way.FORWARD));
        if (!environment.smoke().isEmpty()) {
            var title = "run %d smoke tests".formatted(environment.smoke().size());
            steps.add(new Step(title, new Effect.Smoke(environment.smoke()), again, QUICK));
        }
        if (environment.soak().isPositive()) {
            var title = "watch health for %d s".formatted(environment.soak().toSeconds());
            var limit = environment.soak().plus(QUICK);
            steps.add(new Step(title, new Effect.Soak(environment.soak()), again, limit));
        }
        steps.add(new Step("keep five releases", new Effect.Keep(5, from), again, QUICK));
        return steps;
    }

    @Override
    public List<Step> rollback(Release from, Optional<Release> to) {
        var steps = new ArrayList<Step>();
        steps.add(fence(Way.BACK, "turn back from " + from));
        to.ifPresent(release -> steps.add(stage(release)));
        steps.add(switchTo(to, Way.BACK));
        steps.add(stop(Way.BACK, "stop " + from));
        to.ifPresent(release -> steps.addAll(start(release, Way.BACK)));
        return steps;
    }

    @Override
    public Observed observe() {
        try {
            return sight.look();
        } catch (IOException unseen) {
            return new Observed(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    "the target cannot be looked at: " + unseen.getMessage());
        }
    }

    @Override
    public URI url() {
        var shown = environment.smoke().stream().findFirst().map(SmokeCheck::url);
        return shown.orElseGet(() -> HttpAddress.root(settings.health()));
    }

    /** The highest fence that the target has seen; a new deployment needs a higher one. */
    public long lastFence() throws IOException {
        return fence.read().number();
    }

    /** Every release that lies here, the one that was current last first. */
    public List<Receipt> releases() throws IOException {
        return folder.receipts();
    }

    /** Whether a return to what was before would work now. Changes nothing. */
    public Readiness readiness(Optional<Release> previous) throws IOException {
        if (previous.isEmpty()) {
            return new Readiness.Absent();
        }
        var release = previous.get();
        if (folder.releases().holds(release.artifact())) {
            return new Readiness.Ready(release, "in the target");
        }
        return artifacts.folder(release.artifact()).isPresent()
                ? new Readiness.Ready(release, "in the artifact store")
                : new Readiness.NotReady(
                        "release %s is neither in the target nor in the artifact store"
                                .formatted(release));
    }

    /**
     * What stands or runs here and no record explains; empty where all is as it was left. A service
     * that has merely died is no foreign change.
     *
     * @param expected what the last deployment left; empty where there was none
     */
    public Optional<String> foreignChange(Optional<Release> expected) throws IOException {
        var found =
                switch (folder.current()) {
                    case Current.Strange(var what) -> Optional.of("`current` is " + what);
                    case Current.None() -> expected.map(gone -> "`current` is gone: " + gone);
                    case Current.At(var at) ->
                            expected.filter(known -> known.artifact().equals(at)).isPresent()
                                    ? Optional.<String>empty()
                                    : Optional.of("`current` leads to release " + at.brief());
                };
        if (found.isPresent()) {
            return found;
        }
        if (expected.isPresent() && !folder.releases().holds(expected.get().artifact())) {
            return Optional.of("the files of release " + expected.get() + " were changed");
        }
        for (var one : service.living()) {
            if (expected.filter(e -> e.artifact().hex().equals(one.release())).isEmpty()) {
                return Optional.of("process " + one.pid() + " runs release " + one.release());
            }
        }
        return sight.stranger();
    }

    @Override
    public Hold hold(DeployGrant grant, Way way) throws StepFailed {
        try {
            var hold = lock.take(grant.deployment());
            if (hold.isPresent()) {
                return hold.get();
            }
            if (way == Way.BACK) {
                // A return waits for nobody: its fence stops the other one at its next step.
                return () -> {};
            }
            throw new StepFailed(
                    Cause.OVERTAKEN, "deployment " + lock.who() + " is under way here");
        } catch (IOException failed) {
            if (way == Way.BACK) { // a full disk: the fence is what counts
                System.getLogger(LocalTarget.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "no hold on {0}: {1}",
                                url(),
                                failed.getMessage());
                return () -> {};
            }
            throw LocalEffects.unreachable(failed);
        }
    }

    @Override
    public Done perform(Step step, DeployGrant grant, BooleanSupplier cancelled) throws StepFailed {
        return effects.perform(step, grant);
    }

    @Override
    public boolean happened(Probe probe, DeployGrant grant) throws StepFailed {
        try {
            return switch (probe) {
                case Probe.Again() -> false;
                case Probe.Staged(var release) ->
                        folder.releases().holds(release.artifact())
                                && folder.receiptOf(release.artifact()).isPresent();
                case Probe.FenceTaken(var way) -> {
                    var stored = fence.read();
                    yield stored.isOf(grant) && stored.way() == way;
                }
                case Probe.CurrentIs(var release) ->
                        switch (folder.current()) {
                            case Current.None() -> release.isEmpty();
                            case Current.Strange(var what) -> false;
                            case Current.At(var at) ->
                                    release.filter(r -> r.artifact().equals(at)).isPresent();
                        };
                case Probe.Stopped(var way) -> service.isStopped(LocalService.key(grant, way));
                case Probe.Started(var release, var way) ->
                        service.isStarted(LocalService.key(grant, way), release.artifact());
            };
        } catch (IOException unseen) {
            throw LocalEffects.unreachable(unseen);
        }
    }

    private static Step stage(Release release) {
        return new Step(
                "stage release " + release,
                new Effect.Stage(release),
                new Probe.Staged(release),
                COPY);
    }

    private static Step fence(Way way, String title) {
        return new Step(title, new Effect.TakeFence(way), new Probe.FenceTaken(way), QUICK);
    }

    private static Step switchTo(Optional<Release> to, Way way) {
        var title = to.map(release -> "switch current to " + release).orElse("remove current");
        return new Step(title, new Effect.Switch(to, way), new Probe.CurrentIs(to), QUICK);
    }

    private static Step stop(Way way, String title) {
        return new Step(title, new Effect.Stop(way), new Probe.Stopped(way), QUICK);
    }

    private List<Step> start(Release release, Way way) {
        var health = settings.health();
        return List.of(
                new Step(
                        "start " + release,
                        new Effect.Start(release, way),
                        new Probe.Started(release, way),
                        QUICK.multipliedBy(2)),
                new Step(
                        "wait for " + health,
                        new Effect.AwaitHealth(health),
                        new Probe.Again(),
                        settings.patience()),
                new Step(
                        "observe " + release,
                        new Effect.ObserveRunning(release),
                        new Probe.Again(),
                        QUICK));
    }
}
