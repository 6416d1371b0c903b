package dev.wharfinger.mcp;

import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/** What the work of a task sees of the task that it runs in. Thread-safe. */
public interface TaskContext {
    /** Tells in a few words how far the work is, for whoever looks. */
    void says(String message);

    /**
     * Whether the client no longer wants the result. What is past its point of no return goes on.
     */
    boolean cancelled();

    /** Runs this when the client cancels the task, at once when that has been. */
    void onCancel(Runnable then);

    /**
     * Asks the client these questions ({@code {name: {method, params}}}) and waits until all are
     * answered; nothing when the task is cancelled or lives out its time meanwhile.
     */
    Optional<ObjectNode> ask(ObjectNode questions);
}
