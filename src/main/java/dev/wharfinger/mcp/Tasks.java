package dev.wharfinger.mcp;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.InstantSource;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The tasks of one server (extension {@code io.modelcontextprotocol/tasks}, SEP-2663): begun by
 * tools that take long, asked for by {@code tasks/get}, {@code tasks/update} and {@code
 * tasks/cancel}, each by its owner alone. A client takes part request by request, by declaring the
 * extension on each. They live in memory: after a restart their ids are unknown, and what they did
 * is found by the ids of the work itself.
 */
final class Tasks {
    static final String EXTENSION = "io.modelcontextprotocol/tasks";
    private static final int MOST = 2000;
    private static final int MOST_RUNNING_A_CALLER = 32;

    private final Features features;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Map<String, Task> all = new LinkedHashMap<>();

    /** A server's tasks; {@code random} must be cryptographically strong: ids are not guessed. */
    Tasks(Features features, RandomGenerator random, InstantSource clock) {
        this.features = features;
        this.random = random;
        this.clock = clock;
    }

    boolean offered() {
        return features.offer().modernCapabilities().path("extensions").path(EXTENSION).isObject();
    }

    /** What {@link RpcError#missingCapability} names when a client did not declare it. */
    static ObjectNode required() {
        ObjectNode required = JsonNodeFactory.instance.objectNode();
        required.putObject("extensions").putObject(EXTENSION);
        return required;
    }

    /** What answers this method, if it is one of these and they are offered. */
    Optional<Function<RequestContext, Reply>> find(String method, ObjectNode params) {
        if (!offered()) {
            return Optional.empty();
        }
        return switch (method) {
            case "tasks/get" -> Optional.of(context -> on(params, context, Task::standing));
            case "tasks/cancel" ->
                    Optional.of(context ->
                            on(
                                    params,
                                    context,
                                    task -> {
                                        task.cancel();
                                        return done();
                                    }));
            case "tasks/update" -> Optional.of(context -> update(params, context));
            default -> Optional.empty();
        };
    }

    private Reply update(ObjectNode params, RequestContext context) {
        return params.get("inputResponses") instanceof ObjectNode given
                ? on(
                        params,
                        context,
                        task -> {
                            task.answer(given);
                            return done();
                        })
                : new Reply.Failed(RpcError.invalidParams("`inputResponses` must be an object"));
    }

    private Reply on(ObjectNode params, RequestContext context, Function<Task, Reply> then) {
        if (!context.takesTasks()) {
            return new Reply.Failed(RpcError.missingCapability(required()));
        }
        if (!params.path("taskId").isString()) {
            return new Reply.Failed(RpcError.invalidParams("`taskId` must be a string"));
        }
        String id = params.path("taskId").stringValue();
        return find(id).filter(task -> task.belongsTo(context.caller()))
                .map(then)
                .orElseGet(() -> new Reply.Failed(RpcError.unknown("task", id)));
    }

    private synchronized Optional<Task> find(String id) {
        return Optional.ofNullable(all.get(id)).filter(task -> !task.isPast());
    }

    private static Reply done() {
        return Reply.of(JsonNodeFactory.instance.objectNode());
    }

    /**
     * Begins the work on a thread of its own and waits as long as it may: what ends in that time is
     * answered as if there were no tasks. A client that goes away meanwhile cancels it.
     */
    Reply begin(Reply.Deferred deferred, RequestContext context) {
        Optional<Task> begun = open(context.caller());
        if (begun.isEmpty()) {
            // Too many: this one is answered when it is done, like everywhere without tasks.
            var alone = new Task("", context.caller(), clock);
            context.onCancel(alone::cancel);
            return deferred.work().apply(alone);
        }
        Task task = begun.get();
        context.onCancel(task::cancel);
        Thread.ofVirtual()
                .name("wharf-task")
                .start(() -> task.run(deferred.work(), features::incident));
        try {
            if (!deferred.grace().isZero()) {
                Optional<Reply> early = task.await(deferred.grace());
                if (early.isPresent()) {
                    forget(task);
                    return early.get();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Reply.of(task.handle());
    }

    private synchronized Optional<Task> open(Object owner) {
        for (Iterator<Task> each = all.values().iterator(); each.hasNext(); ) {
            if (each.next().isPast()) {
                each.remove();
            }
        }
        long running =
                all.values().stream().filter(t -> t.belongsTo(owner) && t.isRunning()).count();
        if (all.size() >= MOST || running >= MOST_RUNNING_A_CALLER) {
            return Optional.empty();
        }
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        var task =
                new Task(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(secret),
                        owner,
                        clock);
        all.put(task.id(), task);
        return Optional.of(task);
    }

    private synchronized void forget(Task task) {
        all.remove(task.id());
    }
}
