package dev.wharfinger.deploy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Does what a step says at a local target. What changes the target is done under its fence, and can
 * be done again with the same end.
 */
final class LocalEffects {
    private static final Duration AT_FIRST = Duration.ofMillis(25);
    private static final Duration LATER = Duration.ofMillis(250);
    private static final Duration SETTLING = Duration.ofSeconds(2);
    private static final Duration SOAK_LOOK = Duration.ofSeconds(1);
    private static final int MISSES = 3;

    private final LocalSettings settings;
    private final ArtifactStore artifacts;
    private final TargetFolder folder;
    private final FenceFile fence;
    private final LocalService service;
    private final LocalSight sight;
    private final SmokeTests smoke;
    private final Pace pace;

    LocalEffects(
            LocalSettings settings,
            ArtifactStore artifacts,
            TargetFolder folder,
            FenceFile fence,
            LocalService service,
            LocalSight sight,
            SmokeTests smoke,
            Pace pace) {
        this.settings = settings;
        this.artifacts = artifacts;
        this.folder = folder;
        this.fence = fence;
        this.service = service;
        this.sight = sight;
        this.smoke = smoke;
        this.pace = pace;
    }

    Target.Done perform(Step step, DeployGrant grant) throws StepFailed {
        try {
            try {
                return once(step, grant);
            } catch (IOException failed) {
                if (!isBack(step.effect()) || !folder.reserve().spend()) {
                    throw failed;
                }
                return once(step, grant); // now there is room, if that was what lacked
            }
        } catch (IOException failed) {
            throw unreachable(failed);
        }
    }

    private static boolean isBack(Effect effect) {
        return switch (effect) {
            case Effect.TakeFence(var way) -> way == Way.BACK;
            case Effect.Switch(_, var way) -> way == Way.BACK;
            case Effect.Stop(var way) -> way == Way.BACK;
            case Effect.Start(_, var way) -> way == Way.BACK;
            default -> false;
        };
    }

    private Target.Done once(Step step, DeployGrant grant) throws IOException, StepFailed {
        return switch (step.effect()) {
            case Effect.Inspect(var previous) -> inspect(previous);
            case Effect.Stage(var release) -> stage(release, grant);
            case Effect.TakeFence(var way) -> {
                fence.take(grant, way);
                yield Target.Done.of("fence " + grant.fence());
            }
            case Effect.Switch(var to, var way) ->
                    fence.guarded(grant, way, () -> switchTo(to, grant));
            case Effect.Stop(var way) ->
                    fence.guarded(
                            grant,
                            way,
                            () -> Target.Done.of(service.stop(LocalService.key(grant, way))));
            case Effect.Start(var release, var way) ->
                    fence.guarded(
                            grant,
                            way,
                            () ->
                                    Target.Done.of(
                                            service.start(release, LocalService.key(grant, way))));
            case Effect.AwaitHealth(var health) -> awaitHealth(step.limit(), grant);
            case Effect.ObserveRunning(var release) -> observe(release);
            case Effect.Smoke(var checks) -> smoke(checks);
            case Effect.Soak(var window) -> soak(window, grant);
            case Effect.Keep(var newest, var previous) ->
                    fence.guarded(grant, Way.FORWARD, () -> keep(newest, previous));
        };
    }

    static StepFailed unreachable(IOException failed) {
        var message = failed.getMessage() == null ? "" : ": " + failed.getMessage();
        return new StepFailed(
                Cause.INFRASTRUCTURE, failed.getClass().getSimpleName() + message, failed);
    }

    private Target.Done inspect(Optional<Release> previous) throws IOException, StepFailed {
        var missing = service.missingVariables();
        if (!missing.isEmpty()) {
            throw wrong("not in the server's environment: " + String.join(", ", missing));
        }
        var program = service.missingProgram();
        if (program.isPresent()) {
            throw wrong("no program to start: " + program.get());
        }
        folder.make();
        folder.reserve().hold();
        if (folder.current() instanceof Current.Strange(var what)) {
            throw wrong("`current` is " + what + "; no deployment put that there");
        }
        if (previous.isPresent()) {
            var digest = previous.get().artifact();
            if (!folder.releases().holds(digest) && artifacts.folder(digest).isEmpty()) {
                throw wrong("the release to return to is not at hand: " + previous.get());
            }
        }
        var stranger = sight.stranger();
        if (stranger.isPresent()) {
            throw wrong(stranger.get() + ", which is no release of this target");
        }
        return Target.Done.of("ready");
    }

    private static StepFailed wrong(String reason) {
        return new StepFailed(Cause.CONFIGURATION, reason);
    }

    private Target.Done stage(Release release, DeployGrant grant) throws IOException, StepFailed {
        folder.make();
        if (!folder.releases().holds(release.artifact())) {
            var from = artifacts.folder(release.artifact());
            if (from.isEmpty()) {
                throw new StepFailed(
                        Cause.INFRASTRUCTURE,
                        "the artifact of %s is missing or was changed".formatted(release));
            }
            var tree = folder.releases().add(from.get(), grant.deployment());
            if (!tree.digest().equals(release.artifact())) {
                throw new StepFailed(Cause.INFRASTRUCTURE, "the artifact changed meanwhile");
            }
        }
        if (folder.receiptOf(release.artifact()).isEmpty()) {
            folder.note(release, grant.fence());
        }
        return Target.Done.of("digest verified");
    }

    private Target.Done switchTo(Optional<Release> to, DeployGrant grant) throws IOException {
        if (to.isPresent()) {
            folder.makeCurrent(to.get(), grant.fence());
        } else {
            folder.removeCurrent();
        }
        return Target.Done.of(to.map(Release::toString).orElse("absent"));
    }

    /** Ends as well when somebody else takes the target: a return waits for nobody. */
    private Target.Done awaitHealth(Duration patience, DeployGrant grant)
            throws IOException, StepFailed {
        var waiting = pace.start();
        while (!sight.isHealthy()) {
            fence.requireOwn(grant);
            if (service.isProcess() && service.running().isEmpty()) {
                throw new StepFailed(Cause.BUILD, "the service has ended" + output());
            }
            if (!waiting.isBefore(patience)) {
                throw new StepFailed(
                        Cause.BUILD,
                        "not healthy within %d ms (%s)%s"
                                .formatted(patience.toMillis(), sight.health(), output()));
            }
            pace.pause(waiting.isBefore(SETTLING) ? AT_FIRST : LATER);
        }
        return Target.Done.of("healthy after " + waiting.passed().toMillis() + " ms");
    }

    private String output() throws IOException {
        var tail = service.tail();
        return tail.isEmpty() ? "" : "; its last output: " + tail;
    }

    private Target.Done observe(Release release) throws IOException, StepFailed {
        var seen = sight.look();
        if (!seen.healthy() || !seen.release().equals(Optional.of(release.artifact()))) {
            throw new StepFailed(Cause.BUILD, seen.detail() + output());
        }
        return Target.Done.of(seen.detail());
    }

    private Target.Done smoke(List<SmokeCheck> checks) throws StepFailed {
        var results = smoke.run(checks);
        var failed = results.stream().filter(result -> !result.passed()).toList();
        if (!failed.isEmpty()) {
            var first = failed.getFirst();
            throw new SmokeFailed(
                    "%s: expected %s, observed %s"
                            .formatted(
                                    first.check().url(),
                                    first.check().expected(),
                                    first.observed()),
                    results);
        }
        return new Target.Done(results.size() + " smoke tests passed", results);
    }

    private Target.Done soak(Duration window, DeployGrant grant) throws IOException, StepFailed {
        var watching = pace.start();
        int misses = 0;
        while (watching.isBefore(window)) {
            fence.requireOwn(grant);
            if (service.isProcess() && service.running().isEmpty()) {
                throw new StepFailed(Cause.BUILD, "the service has ended" + output());
            }
            misses = sight.isHealthy() ? 0 : misses + 1;
            if (misses >= MISSES) {
                throw new StepFailed(Cause.BUILD, "unhealthy again (%s)".formatted(sight.health()));
            }
            var left = window.minus(watching.passed());
            pace.pause(left.compareTo(SOAK_LOOK) < 0 && left.isPositive() ? left : SOAK_LOOK);
        }
        return Target.Done.of("healthy for " + window.toSeconds() + " s");
    }

    private Target.Done keep(int newest, Optional<Release> previous) throws IOException {
        var always = previous.map(release -> List.of(release.artifact())).orElse(List.of());
        int gone = folder.keep(newest, always);
        return Target.Done.of(gone == 0 ? "nothing to delete" : gone + " old releases deleted");
    }
}
