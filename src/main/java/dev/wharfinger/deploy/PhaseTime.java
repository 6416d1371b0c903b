package dev.wharfinger.deploy;

import java.time.Duration;

/** How long one phase of a deployment took. */
public record PhaseTime(Way way, String phase, Duration took) {}
