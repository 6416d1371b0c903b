package dev.wharfinger.call;

import java.util.OptionalDouble;

/** What passes between a running call and its caller: progress up, cancellation down. */
public interface Signals {
    /** For callers who listen to nothing. */
    Signals NONE =
            new Signals() {
                @Override
                public void progress(double done, OptionalDouble total, String message) {}

                @Override
                public boolean cancelled() {
                    return false;
                }
            };

    /** Tells how far the call is. Cheap; may be dropped. */
    void progress(double done, OptionalDouble total, String message);

    /** Whether the caller waits as long as it takes, and wants no word that it still runs. */
    default boolean patient() {
        return false;
    }

    /**
     * Whether the caller no longer wants the answer. Effects past their point of no return go on.
     */
    boolean cancelled();
}
