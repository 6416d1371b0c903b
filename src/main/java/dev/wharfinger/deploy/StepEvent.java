package dev.wharfinger.deploy;

/**
 * That a step is about to be done, or has been done.
 *
 * @param phase the effect's phase: {@link Effect#phase()}
 * @param detail the step's title before it, what was seen after it; one line. On {@code turn-back}
 *     the reason of the return
 */
public record StepEvent(String deployment, long fence, Way way, String phase, String detail) {}
