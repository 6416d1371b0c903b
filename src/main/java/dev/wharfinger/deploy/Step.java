package dev.wharfinger.deploy;

import java.time.Duration;

/**
 * One step of a rollout, as data. Its probe tells whether it has already happened; its effect may
 * run again.
 *
 * @param title for people, one line
 * @param limit how long the step may take
 */
public record Step(String title, Effect effect, Probe probe, Duration limit) {}
