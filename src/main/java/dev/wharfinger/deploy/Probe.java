package dev.wharfinger.deploy;

import java.util.Optional;

/** How to find out whether an effect has already happened, as data. Probing changes nothing. */
public sealed interface Probe {
    /** The effect only looks, so it is simply done again. */
    record Again() implements Probe {}

    /** The release lies in the target with exactly its digest. */
    record Staged(Release release) implements Probe {}

    /** The target's fence names this deployment and this way. */
    record FenceTaken(Way way) implements Probe {}

    /** {@code current} leads to this release; empty: there is no {@code current}. */
    record CurrentIs(Optional<Release> release) implements Probe {}

    /** No service of this target lives but the one that this way of the deployment started. */
    record Stopped(Way way) implements Probe {}

    /** The service that this way of the deployment started lives. */
    record Started(Release release, Way way) implements Probe {}
}
