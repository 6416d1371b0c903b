package dev.wharfinger.mcp;

import java.util.Optional;
import java.util.function.Supplier;

/** What a transport does with a message that it handed in. */
public sealed interface Receipt {
    /** Nothing: a notification or a response was taken. */
    record Accepted() implements Receipt {}

    /** Send this. */
    record Answered(Answer answer) implements Receipt {}

    /**
     * Run this, where the transport likes when it does not wait, else on a thread of its own. It
     * gives the answer, or nothing when the request was cancelled; it never throws.
     */
    record Work(boolean waits, Supplier<Optional<Answer>> run, Runnable cancel)
            implements Receipt {}
}
