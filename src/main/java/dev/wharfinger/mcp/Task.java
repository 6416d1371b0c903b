package dev.wharfinger.mcp;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One request that may go on after it was answered (SEP-2663). It works, waits for input at times,
 * and ends once: completed, failed or cancelled. What it ended with stays until its time is over.
 */
final class Task implements TaskContext {
    /** How long a task can be asked for, counted from its beginning; at least, while it runs. */
    static final Duration LIFE = Duration.ofHours(1);

    private static final Duration POLL = Duration.ofSeconds(1);

    private enum Status {
        WORKING,
        INPUT_REQUIRED,
        COMPLETED,
        FAILED,
        CANCELLED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String id;
    private final Object owner;
    private final InstantSource clock;
    private final Instant created;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Runnable> whenCancelled = new ArrayList<>();
    private Status status = Status.WORKING;
    private Instant updated;
    private String message = "";
    private ObjectNode questions = JsonNodeFactory.instance.objectNode();
    private ObjectNode answers = JsonNodeFactory.instance.objectNode();
    private boolean unwanted;
    private Optional<Reply> outcome = Optional.empty();

    Task(String id, Object owner, InstantSource clock) {
        this.id = id;
        this.owner = owner;
        this.clock = clock;
        this.created = clock.instant();
        this.updated = created;
    }

    String id() {
        return id;
    }

    /** Whose task it is; nobody else is told that it exists. */
    boolean belongsTo(Object caller) {
        return owner.equals(caller);
    }

    /** Ended, and its time is over. */
    synchronized boolean isPast() {
        return outcome.isPresent() && clock.instant().isAfter(created.plus(LIFE));
    }

    synchronized boolean isRunning() {
        return outcome.isEmpty();
    }

    /**
     * Works until there is an answer. A reply that asks is a question of the task's own: when it is
     * answered the work is done again.
     */
    void run(Function<TaskContext, Reply> work, Function<Throwable, String> incidents) {
        Reply reply;
        try {
            reply = work.apply(this);
            while (reply instanceof Reply.InputRequired asking
                    && asking.requests().filter(q -> !q.isEmpty()).isPresent()
                    && ask(asking.requests().get()).isPresent()) {
                reply = work.apply(this);
            }
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError bug) {
            reply = new Reply.Failed(RpcError.internal(incidents.apply(bug)));
        }
        end(reply);
    }

    private synchronized void end(Reply reply) {
        boolean failed =
                !(reply instanceof Reply.Complete complete)
                        || complete.result().path("isError").booleanValue(false);
        if (unwanted && failed) {
            status = Status.CANCELLED;
        } else {
            status = reply instanceof Reply.Complete ? Status.COMPLETED : Status.FAILED;
        }
        outcome = Optional.of(reply);
        questions = JsonNodeFactory.instance.objectNode();
        message = "";
        touch();
        whenCancelled.clear();
        ended.countDown();
        notifyAll();
    }

    /** What it ended with, if that is before this time is over. */
    Optional<Reply> await(Duration limit) throws InterruptedException {
        return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS) ? outcome() : Optional.empty();
    }

    synchronized Optional<Reply> outcome() {
        return outcome;
    }

    @Override
    public synchronized void says(String text) {
        if (outcome.isEmpty()) {
            message = text;
            touch();
        }
    }

    @Override
    public synchronized boolean cancelled() {
        return unwanted;
    }

    @Override
    public void onCancel(Runnable then) {
        synchronized (this) {
            if (!unwanted) {
                if (outcome.isEmpty()) {
                    whenCancelled.add(then);
                }
                return;
            }
        }
        then.run();
    }

    @Override
    public synchronized Optional<ObjectNode> ask(ObjectNode asked) {
        questions = asked.deepCopy();
        answers = JsonNodeFactory.instance.objectNode();
        status = Status.INPUT_REQUIRED;
        touch();
        Instant until = created.plus(LIFE);
        try {
            while (!questions.isEmpty() && !unwanted) {
                long left = Duration.between(clock.instant(), until).toMillis();
                if (left <= 0) {
                    unwanted = true; // nobody answers any more
                    break;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            unwanted = true;
        }
        questions = JsonNodeFactory.instance.objectNode();
        status = Status.WORKING;
        touch();
        return unwanted ? Optional.empty() : Optional.of(answers);
    }

    /** Takes answers to what is asked now; others are ignored. */
    synchronized void answer(ObjectNode given) {
        for (var one : given.properties()) {
            if (questions.has(one.getKey())) {
                questions.remove(one.getKey());
                answers.set(one.getKey(), one.getValue());
                touch();
            }
        }
        if (questions.isEmpty()) {
            notifyAll();
        }
    }

    /** The client does not want it any more; a task that has ended stays as it is. */
    void cancel() {
        List<Runnable> told;
        synchronized (this) {
            if (unwanted || outcome.isPresent()) {
                return;
            }
            unwanted = true;
            told = List.copyOf(whenCancelled);
            whenCancelled.clear();
            touch();
            notifyAll();
        }
        told.forEach(Runnable::run);
    }

    /** What the client gets instead of an answer: where to ask for it. */
    synchronized ObjectNode handle() {
        return fields().put("resultType", "task");
    }

    /** How it stands, with its result, its error or its open questions. */
    synchronized Reply standing() {
        ObjectNode result = fields();
        if (status == Status.INPUT_REQUIRED) {
            result.set("inputRequests", questions.deepCopy());
        }
        if (status == Status.COMPLETED
                && outcome.orElseThrow() instanceof Reply.Complete(var given, var durableUpTo, _)) {
            result.set("result", given);
            return new Reply.Complete(result, durableUpTo);
        }
        if (status == Status.FAILED) {
            RpcError error =
                    outcome.orElseThrow() instanceof Reply.Failed(var why)
                            ? why
                            : RpcError.invalidRequest("nobody answered what was asked");
            result.set("error", error.body());
        }
        return Reply.of(result);
    }

    private ObjectNode fields() {
        ObjectNode fields =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("taskId", id)
                        .put("status", status.text())
                        .put("createdAt", created.toString())
                        .put("lastUpdatedAt", updated.toString())
                        .put("ttlMs", LIFE.toMillis())
                        .put("pollIntervalMs", POLL.toMillis());
        if (!message.isEmpty()) {
            fields.put("statusMessage", message);
        }
        return fields;
    }

    private void touch() {
        updated = clock.instant();
    }
}
