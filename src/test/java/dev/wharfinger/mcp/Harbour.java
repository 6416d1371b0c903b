package dev.wharfinger.mcp;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A small server for tests of the protocol and its transports; it does what its tools' names say.
 */
public final class Harbour implements Features {
    /** The index that the tool {@code durable} rests on. */
    public final AtomicLong durableUpTo = new AtomicLong(-1);

    /** Cancellations that reached the tool {@code hold}. */
    public final AtomicInteger cancellations = new AtomicInteger();

    /** Calls of {@code hold} that have begun. */
    public final AtomicInteger holding = new AtomicInteger();

    /** Calls of {@code pester} that have said all. */
    public final AtomicInteger said = new AtomicInteger();

    /** The bugs that were reported. */
    public final List<Throwable> incidents = new ArrayList<>();

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public Offer offer() {
        ObjectNode capabilities = object();
        for (String one : List.of("tools", "prompts", "resources", "completions")) {
            capabilities.putObject(one);
        }
        return new Offer(
                object().put("name", "harbour").put("version", "1"),
                Optional.of("Read the papers first."),
                capabilities,
                capabilities);
    }

    @Override
    public List<ObjectNode> tools(RequestContext context) {
        List<ObjectNode> tools = new ArrayList<>();
        for (String name : List.of("boom", "echo", "hold")) {
            ObjectNode tool = object().put("name", name);
            tool.putObject("inputSchema").put("type", "object");
            tools.add(tool);
        }
        return tools;
    }

    @Override
    public Reply call(String tool, ObjectNode arguments, RequestContext context) {
        return switch (tool) {
            case "echo" -> Reply.of(text(arguments.path("text").asString("")));
            case "who" -> Reply.of(text(context.caller().toString()));
            case "durable" -> new Reply.Complete(text("written"), durableUpTo.get());
            case "steps" -> {
                for (int step = 1; step <= 3; step++) {
                    context.progress(step, OptionalDouble.of(3), "step " + step);
                    context.progress(step, OptionalDouble.of(3), "again");
                }
                yield Reply.of(text("three steps"));
            }
            case "ask" ->
                    Reply.of(
                            text(
                                    context.ask(
                                                    "elicitation/create",
                                                    object().put("message", "Which berth?"),
                                                    java.time.Duration.ofSeconds(20))
                                            .map(Object::toString)
                                            .orElse("no answer")));
            case "question" -> question(context);
            case "twice" -> {
                String once =
                        arguments.path("text").asString("") + arguments.path("more").asString("");
                yield Reply.of(text(once + once));
            }
            case "pester" -> pester(arguments, context);
            case "berth" -> Reply.of(text("at " + arguments));
            case "links" -> links();
            case "hold" -> hold(context);
            case "boom" -> throw new IllegalStateException("secret detail");
            default -> new Reply.Failed(RpcError.unknown("tool", tool));
        };
    }

    private Reply hold(RequestContext context) {
        CountDownLatch over = new CountDownLatch(1);
        context.onCancel(over::countDown);
        holding.incrementAndGet();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cancellations.incrementAndGet();
        context.progress(1, OptionalDouble.empty(), "too late");
        return Reply.of(text("let go"));
    }

    /** Says things that must arrive, as many and as long as is wanted, and waits for no answer. */
    private Reply pester(ObjectNode arguments, RequestContext context) {
        String words = "x".repeat(arguments.path("length").asInt());
        for (int i = 0; i < arguments.path("times").asInt(); i++) {
            context.ask(
                    "elicitation/create", object().put("message", words), java.time.Duration.ZERO);
        }
        said.incrementAndGet();
        return Reply.of(text("all said"));
    }

    private static Reply question(RequestContext context) {
        if (context.requestState().isPresent()) {
            return Reply.of(text(context.requestState().get() + context.inputResponses()));
        }
        if (!context.clientCan("elicitation")) {
            ObjectNode required = object();
            required.putObject("elicitation");
            return new Reply.Failed(RpcError.missingCapability(required));
        }
        ObjectNode requests = object();
        requests.putObject("berth").put("method", "elicitation/create");
        return new Reply.InputRequired(Optional.of(requests), Optional.of("sealed"));
    }

    private static Reply links() {
        ObjectNode result = object();
        ArrayNode content = result.putArray("content");
        content.addObject().put("type", "resource_link").put("name", "n").put("uri", "note://one");
        content.addObject().put("type", "audio").put("data", "").put("mimeType", "audio/wav");
        return Reply.of(result);
    }

    private static ObjectNode text(String text) {
        ObjectNode result = object();
        result.putArray("content").addObject().put("type", "text").put("text", text);
        return result;
    }

    @Override
    public List<ObjectNode> prompts(RequestContext context) {
        return List.of(object().put("name", "greet"));
    }

    @Override
    public Reply prompt(String name, ObjectNode arguments, RequestContext context) {
        if (!name.equals("greet")) {
            return new Reply.Failed(RpcError.unknown("prompt", name));
        }
        ObjectNode result = object();
        result.putArray("messages")
                .addObject()
                .put("role", "user")
                .putObject("content")
                .put("type", "text")
                .put("text", "Hello " + arguments.path("name").asString("you"));
        return Reply.of(result);
    }

    @Override
    public List<ObjectNode> resources(RequestContext context) {
        return List.of(object().put("uri", "note://one").put("name", "one"));
    }

    @Override
    public List<ObjectNode> resourceTemplates(RequestContext context) {
        return List.of(object().put("uriTemplate", "note://{name}").put("name", "note"));
    }

    @Override
    public Reply read(String uri, RequestContext context) {
        if (!uri.equals("note://one")) {
            return new Reply.Failed(RpcError.unknownResource(context.revision(), uri));
        }
        ObjectNode result = object();
        result.putArray("contents").addObject().put("uri", uri).put("text", "one");
        return Reply.of(result);
    }

    @Override
    public Reply complete(
            ObjectNode reference, ObjectNode argument, ObjectNode known, RequestContext context) {
        ObjectNode result = object();
        ObjectNode completion = result.putObject("completion");
        completion.putArray("values").add(argument.path("value").asString("") + "ne");
        completion.put("total", 1).put("hasMore", false);
        return Reply.of(result);
    }

    /** The tool {@code berth} mirrors its arguments into headers. */
    @Override
    public List<HeaderArgument> headerArguments(String tool, RequestContext context) {
        return tool.equals("berth")
                ? List.of(
                        new HeaderArgument(List.of("quay"), "Mcp-Param-Quay"),
                        new HeaderArgument(List.of("number"), "Mcp-Param-Number"),
                        new HeaderArgument(List.of("ship", "empty"), "Mcp-Param-Empty"))
                : List.of();
    }

    @Override
    public boolean waits(String method, String name) {
        return List.of("hold", "ask", "pester").contains(name);
    }

    @Override
    public String incident(Throwable bug) {
        incidents.add(bug);
        return "incident-" + incidents.size();
    }
}
