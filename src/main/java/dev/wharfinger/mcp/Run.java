package dev.wharfinger.mcp;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Carries one request from its start to its one answer, and catches our bugs, once. */
record Run(Features features, RequestId id, InFlight flight, Conversation on) {
    /** Takes the id now, so that a cancellation finds it even before the work begins. */
    Receipt start(boolean waits, Supplier<Reply> work, Function<Reply, Answer> encode) {
        if (!on.begin(id, flight)) {
            return new Receipt.Answered(
                    Answer.early(id, RpcError.invalidRequest("this `id` is still in use"), false));
        }
        return new Receipt.Work(waits, () -> run(work, encode), this::cancel);
    }

    private Optional<Answer> run(Supplier<Reply> work, Function<Reply, Answer> encode) {
        try {
            Answer answer = flight.isCancelled() ? null : encode.apply(work.get());
            return flight.finish() ? Optional.ofNullable(answer) : Optional.empty();
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError bug) {
            Answer answer = Answer.late(id, RpcError.internal(features.incident(bug)));
            return flight.finish() ? Optional.of(answer) : Optional.empty();
        } finally {
            on.end(id, flight);
        }
    }

    private void cancel() {
        flight.cancel();
    }
}
