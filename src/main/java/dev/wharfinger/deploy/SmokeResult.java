package dev.wharfinger.deploy;

/**
 * What one smoke test saw.
 *
 * @param observed what was answered, or why nothing was; one line
 * @param millis how long the whole answer took
 */
public record SmokeResult(SmokeCheck check, boolean passed, String observed, long millis) {}
