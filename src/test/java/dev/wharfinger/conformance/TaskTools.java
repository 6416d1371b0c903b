package dev.wharfinger.conformance;

import dev.wharfinger.mcp.Reply;
import dev.wharfinger.mcp.RequestContext;
import dev.wharfinger.mcp.RpcError;
import dev.wharfinger.mcp.TaskContext;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The tools of the tasks extension: work that goes on, asks, fails, or must be a task. */
final class TaskTools {
    private static final String TASKS = "{'extensions':{'io.modelcontextprotocol/tasks':{}}}";
    private static final String NAMES =
            """
            confirm_delete|{'type':'object','properties':{'filename':{'type':'string'}}}
            failing_job|{'type':'object'}
            greet|{'type':'object','properties':{'name':{'type':'string'}}}
            multi_input|{'type':'object'}
            protocol_error_job|{'type':'object'}
            slow_compute|{'type':'object','properties':{'seconds':{'type':'number'},'label':{'type':'string'}}}
            test_tool_with_task|{'type':'object'}
            """;

    private TaskTools() {}

    static List<ObjectNode> list() {
        var tools = new ArrayList<ObjectNode>();
        for (String line : NAMES.lines().toList()) {
            int bar = line.indexOf('|');
            tools.add(Tools.tool(line.substring(0, bar), Json.object(line.substring(bar + 1))));
        }
        return tools;
    }

    static boolean has(String tool) {
        return NAMES.lines().anyMatch(line -> line.startsWith(tool + "|"));
    }

    static Reply call(String tool, ObjectNode arguments, RequestContext context) {
        return switch (tool) {
            case "greet" -> says("Hello, " + arguments.path("name").asString("") + "!");
            case "slow_compute" -> task(context, task -> compute(arguments, task));
            case "failing_job" ->
                    onlyAsTask(
                            context,
                            task -> Reply.of(Json.says("The job failed").put("isError", true)));
            case "protocol_error_job" ->
                    task(context, task -> new Reply.Failed(RpcError.invalidParams("no such job")));
            case "confirm_delete" ->
                    task(
                            context,
                            task ->
                                    task.ask(question("confirm", "confirm", "boolean"))
                                            .map(given -> says("Deleted: " + Json.text(given)))
                                            .orElseGet(() -> says("Nothing was deleted")));
            case "multi_input" -> task(context, TaskTools::many);
            default -> named(context);
        };
    }

    private static Reply compute(ObjectNode arguments, TaskContext task) {
        var cancelled = new CountDownLatch(1);
        task.onCancel(cancelled::countDown);
        task.says("computing");
        long millis = (long) (arguments.path("seconds").asDouble(0) * 1000);
        try {
            return cancelled.await(millis, TimeUnit.MILLISECONDS)
                    ? Reply.of(Json.says("Cancelled").put("isError", true))
                    : says("Computed " + arguments.path("label").asString(""));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return says("Interrupted");
        }
    }

    private static Reply many(TaskContext task) {
        ObjectNode questions = question("first", "name", "string");
        questions.setAll(question("second", "name", "string"));
        return task.ask(questions)
                .map(given -> says("Given: " + Json.text(given)))
                .orElseGet(() -> says("Nothing was given"));
    }

    /** Asks first, as every modern tool may, and goes on as a task when it knows. */
    private static Reply named(RequestContext context) {
        String name = context.inputResponses().at("/user_name/content/name").asString("");
        return name.isEmpty()
                ? new Reply.InputRequired(
                        Optional.of(question("user_name", "name", "string")), Optional.empty())
                : onlyAsTask(context, task -> says("Hello, " + name));
    }

    private static Reply task(RequestContext context, Function<TaskContext, Reply> work) {
        return context.takesTasks()
                ? new Reply.Deferred(Duration.ZERO, work)
                : work.apply(new Untasked(context));
    }

    private static Reply onlyAsTask(RequestContext context, Function<TaskContext, Reply> work) {
        return context.takesTasks()
                ? new Reply.Deferred(Duration.ZERO, work)
                : new Reply.Failed(RpcError.missingCapability(Json.object(TASKS)));
    }

    private static Reply says(String text) {
        return Reply.of(Json.says(text));
    }

    private static ObjectNode question(String key, String field, String type) {
        ObjectNode params = Json.object().put("message", "Please say " + field);
        params.set(
                "requestedSchema",
                Json.object(
                        "{'type':'object','properties':{'%s':{'type':'%s'}}}"
                                .formatted(field, type)));
        ObjectNode questions = Json.object();
        questions.putObject(key).put("method", "elicitation/create").set("params", params);
        return questions;
    }

    /** The same work for a client that takes no tasks: it is answered when it is done. */
    private record Untasked(RequestContext context) implements TaskContext {
        @Override
        public void says(String message) {}

        @Override
        public boolean cancelled() {
            return context.cancelled();
        }

        @Override
        public void onCancel(Runnable then) {
            context.onCancel(then);
        }

        @Override
        public Optional<ObjectNode> ask(ObjectNode questions) {
            return Optional.empty();
        }
    }
}
