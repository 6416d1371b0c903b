package dev.wharfinger.deploy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a step does, as data. Each can be done again with the same end. */
public sealed interface Effect {
    /** Looks whether the target can be used at all; changes nothing. */
    record Inspect(Optional<Release> previous) implements Effect {}

    /** Copies the artifact into the target, verified and read-only. */
    record Stage(Release release) implements Effect {}

    /**
     * Takes the target for this deployment and this way; every lower number is refused from now.
     */
    record TakeFence(Way way) implements Effect {}

    /** Makes this release the current one in one move; empty removes {@code current}. */
    record Switch(Optional<Release> to, Way way) implements Effect {}

    /** Stops every service of this target but the one that this way of the deployment started. */
    record Stop(Way way) implements Effect {}

    /** Starts the release's service. */
    record Start(Release release, Way way) implements Effect {}

    /** Waits until the service says that it is ready. */
    record AwaitHealth(URI health) implements Effect {}

    /** Looks at what really answers: whose process, in which folder, which version. */
    record ObserveRunning(Release release) implements Effect {}

    /** Runs the smoke tests. */
    record Smoke(List<SmokeCheck> checks) implements Effect {
        public Smoke {
            checks = List.copyOf(checks);
        }
    }

    /** Watches health for so long. */
    record Soak(Duration window) implements Effect {}

    /** Deletes all but the newest releases; never the current nor the previous one. */
    record Keep(int newest, Optional<Release> previous) implements Effect {}

    /** The phase that the effect belongs to, stable: it is stored and shown with its time. */
    default String phase() {
        return switch (this) {
            case Inspect(var previous) -> "inspect";
            case Stage(var release) -> "stage";
            case TakeFence(var way) -> way == Way.FORWARD ? "fence" : "turn-back";
            case Switch(var to, var way) -> "switch";
            case Stop(var way) -> "stop";
            case Start(var release, var way) -> "start";
            case AwaitHealth(var health) -> "health";
            case ObserveRunning(var release) -> "observe";
            case Smoke(var checks) -> "smoke";
            case Soak(var window) -> "soak";
            case Keep(var newest, var previous) -> "keep";
        };
    }

    /** Whether the deployment stands without it: a failure is noted and changes nothing. */
    default boolean isOptional() {
        return this instanceof Keep;
    }
}
