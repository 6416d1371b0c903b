package dev.wharfinger.mcp;

import dev.wharfinger.call.Answer;
import dev.wharfinger.call.Caller;
import dev.wharfinger.call.Catalogue;
import dev.wharfinger.call.Gatekeeper;
import dev.wharfinger.call.Shelf;
import dev.wharfinger.call.Signals;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.ToolCall;
import dev.wharfinger.call.ToolContract;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The product as protocol clients see it: tools behind the one door, prompts and resources. */
public final class DoorFeatures implements Features {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What takes longer goes on as a task, where the client takes tasks. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Offer offer;
    private final Catalogue catalogue;
    private final Gatekeeper door;
    private final ShelfWire shelf;
    private final Function<Throwable, String> incidents;
    private final ShelfWatch watch;
    private final Invitations invitations;

    /**
     * Offers this catalogue and this shelf; {@code incidents} writes a bug down and names it;
     * {@code random} must be cryptographically strong.
     */
    public DoorFeatures(
            String version,
            String instructions,
            Catalogue catalogue,
            Gatekeeper door,
            Shelf shelf,
            Function<Throwable, String> incidents,
            RandomGenerator random,
            InstantSource clock) {
        this.invitations = new Invitations(new RequestStates(random, clock));
        this.offer = offer(version, instructions);
        this.catalogue = catalogue;
        this.door = door;
        this.shelf = new ShelfWire(shelf);
        this.watch = new ShelfWatch(shelf);
        this.incidents = incidents;
    }

    private static Offer offer(String version, String instructions) {
        ObjectNode info =
                NODES.objectNode()
                        .put("name", "wharfinger")
                        .put("title", "Wharfinger")
                        .put("version", version);
        ObjectNode modern = capabilities();
        ObjectNode extensions = modern.putObject("extensions");
        extensions.putObject(Tasks.EXTENSION);
        extensions.putObject(SkillMethods.EXTENSION).put("directoryRead", true);
        return new Offer(info, Optional.of(instructions), modern, capabilities());
    }

    private static ObjectNode capabilities() {
        ObjectNode capabilities = NODES.objectNode();
        capabilities.putObject("tools");
        capabilities.putObject("prompts");
        capabilities.putObject("resources").put("subscribe", true).put("listChanged", true);
        capabilities.putObject("completions");
        return capabilities;
    }

    private static Caller caller(RequestContext context) {
        return (Caller) context.caller();
    }

    @Override
    public Offer offer() {
        return offer;
    }

    @Override
    public List<ObjectNode> tools(RequestContext context) {
        return catalogue.of(caller(context)).stream().map(DoorFeatures::listed).toList();
    }

    private static ObjectNode listed(ToolContract contract) {
        ObjectNode tool =
                NODES.objectNode()
                        .put("name", contract.name())
                        .put("title", contract.title())
                        .put("description", contract.description());
        tool.set("inputSchema", contract.inputSchema());
        tool.set("outputSchema", contract.outputSchema());
        tool.putObject("annotations")
                .put("title", contract.title())
                .put("readOnlyHint", contract.hints().readOnly())
                .put("destructiveHint", contract.hints().destructive())
                .put("idempotentHint", contract.hints().idempotent())
                .put("openWorldHint", contract.hints().openWorld());
        return tool;
    }

    @Override
    public Reply call(String tool, ObjectNode arguments, RequestContext context) {
        if (!catalogue.knows(tool)) {
            return new Reply.Failed(RpcError.unknown("tool", tool));
        }
        var wrong = invitations.wrongRound(tool, arguments, context, who(caller(context)));
        if (wrong.isPresent()) {
            return wrong.get();
        }
        return catalogue.worksLong(tool) && context.takesTasks()
                ? new Reply.Deferred(GRACE, task -> inTask(tool, arguments, context, task))
                : call(tool, arguments, context, new InRequest(context));
    }

    /** What was cancelled may go on all the same, past its point of no return: a call tells. */
    private Reply inTask(
            String tool, ObjectNode arguments, RequestContext context, TaskContext task) {
        Reply reply = call(tool, arguments, context, new InTask(context, task));
        return task.cancelled() && reply instanceof Reply.Complete done && goesOn(done.result())
                ? new Reply.Failed(RpcError.invalidRequest("cancelled; `" + tool + "` may go on"))
                : reply;
    }

    private static boolean goesOn(ObjectNode result) {
        String state = result.path("structuredContent").path("state").asString("");
        return state.equals("running") || state.equals("soaking");
    }

    private static String who(Caller caller) {
        return caller.principal().value() + " " + caller.persona().name().value();
    }

    private Reply call(String tool, ObjectNode arguments, RequestContext context, Signals signals) {
        Caller caller = caller(context);
        Answer answer = door.call(caller, new ToolCall(tool, arguments, signals));
        if (waits("tools/call", tool)) { // where a client may be asked something
            var asked = invitations.offer(answer, tool, arguments, context, who(caller));
            if (asked.isPresent()) {
                return asked.get();
            }
        }
        ObjectNode result = NODES.objectNode();
        result.putArray("content").addObject().put("type", "text").put("text", answer.text());
        result.set("structuredContent", answer.structured());
        if (answer.isError()) {
            result.put("isError", true);
        }
        return new Reply.Complete(result, answer.durableUpTo() - 1, answer.kept());
    }

    /** A call that is wanted as long as its request is. */
    private record InRequest(RequestContext context) implements Signals {
        @Override
        public void progress(double done, OptionalDouble total, String message) {
            context.progress(done, total, message);
        }

        @Override
        public boolean cancelled() {
            return context.cancelled();
        }
    }

    /** A call that may outlive its request: the task tells what the request no longer can. */
    private record InTask(RequestContext context, TaskContext task) implements Signals {
        @Override
        public void progress(double done, OptionalDouble total, String message) {
            context.progress(done, total, message);
            task.says(message);
        }

        @Override
        public boolean patient() {
            return true;
        }

        @Override
        public boolean cancelled() {
            return task.cancelled();
        }
    }

    @Override
    public List<ObjectNode> prompts(RequestContext context) {
        return shelf.prompts(context);
    }

    @Override
    public Reply prompt(String name, ObjectNode arguments, RequestContext context) {
        return shelf.prompt(name, arguments, context);
    }

    @Override
    public List<ObjectNode> resources(RequestContext context) {
        return shelf.resources(context);
    }

    @Override
    public List<ObjectNode> resourceTemplates(RequestContext context) {
        return shelf.resourceTemplates(context);
    }

    @Override
    public Reply read(String uri, RequestContext context) {
        return shelf.read(uri, context);
    }

    @Override
    public List<ObjectNode> skills(RequestContext context) {
        return shelf.skills(context);
    }

    @Override
    public Reply complete(
            ObjectNode reference, ObjectNode argument, ObjectNode known, RequestContext context) {
        return shelf.complete(reference, argument, known, context);
    }

    @Override
    public Optional<Listening> listen(
            Interest interest, Consumer<Change> to, RequestContext context) {
        return watch.start(caller(context), interest, to);
    }

    @Override
    public boolean waits(String method, String name) {
        return method.equals("tools/call")
                && catalogue.pace(name).filter(Tool.Pace.WAITS::equals).isPresent();
    }

    @Override
    public String incident(Throwable bug) {
        return incidents.apply(bug);
    }
}
