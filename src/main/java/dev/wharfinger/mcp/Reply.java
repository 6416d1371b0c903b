package dev.wharfinger.mcp;

import dev.wharfinger.call.Kept;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What became of one request. */
public sealed interface Reply {
    /**
     * The result in the shape of the newest revision, without what the protocol adds by itself. It
     * leaves the server when the journal is durable up to {@code durableUpTo}, an index; a negative
     * one waits for nothing.
     */
    record Complete(ObjectNode result, long durableUpTo, Kept kept) implements Reply {
        /** For this request only. */
        public Complete(ObjectNode result, long durableUpTo) {
            this(result, durableUpTo, Kept.nothing());
        }
    }

    /** Modern only: repeat the request with answers to these questions and with this state. */
    record InputRequired(Optional<ObjectNode> requests, Optional<String> state) implements Reply {
        public InputRequired {
            if (requests.isEmpty() && state.isEmpty()) {
                throw new IllegalArgumentException("asks for nothing and hands nothing over");
            }
        }
    }

    /**
     * Modern only, for clients that take tasks: work that may go on after its answer. What ends
     * within {@code grace} is answered as ever; with none it always is a task.
     */
    record Deferred(Duration grace, Function<TaskContext, Reply> work) implements Reply {}

    /** The request itself was wrong. */
    record Failed(RpcError error) implements Reply {}

    /** A result that rests on no journal entry. */
    static Reply of(ObjectNode result) {
        return new Complete(result, -1);
    }
}
