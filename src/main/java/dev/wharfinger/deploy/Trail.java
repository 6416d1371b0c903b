package dev.wharfinger.deploy;

/**
 * Where a runner writes what it is about to do and what it has done. Both return only when the
 * event is durable; an intent that could not be made durable throws, and then nothing is done.
 */
public interface Trail {
    /** The step is about to be done. */
    void intend(StepEvent event);

    /** The step has been done, or was found done. */
    void done(StepEvent event);
}
