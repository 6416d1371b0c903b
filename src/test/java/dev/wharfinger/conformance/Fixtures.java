package dev.wharfinger.conformance;

import dev.wharfinger.mcp.Change;
import dev.wharfinger.mcp.Features;
import dev.wharfinger.mcp.Freshness;
import dev.wharfinger.mcp.HeaderArgument;
import dev.wharfinger.mcp.Interest;
import dev.wharfinger.mcp.Listening;
import dev.wharfinger.mcp.Offer;
import dev.wharfinger.mcp.Reply;
import dev.wharfinger.mcp.RequestContext;
import dev.wharfinger.mcp.RpcError;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Everything that the suite's scenarios call for. */
final class Fixtures implements Features {
    private static final String EXTENSIONS =
            ",'extensions':{'io.modelcontextprotocol/tasks':{},"
                    + "'io.modelcontextprotocol/skills':{'directoryRead':true}}";

    private record Ear(Interest interest, Consumer<Change> to) {}

    private final Tools tools = new Tools(this::tell);
    private final Rounds rounds;
    private final Set<Ear> ears = ConcurrentHashMap.newKeySet();
    private final AtomicLong incidents = new AtomicLong();

    Fixtures(byte[] key) {
        rounds = new Rounds(key);
    }

    @Override
    public Offer offer() {
        String both =
                "'tools':{'listChanged':true},'prompts':{'listChanged':true},"
                        + "'resources':{'listChanged':true,'subscribe':true},'completions':{}";
        return new Offer(
                Json.object().put("name", "wharfinger-conformance").put("version", "1"),
                Optional.empty(),
                Json.object("{" + both + EXTENSIONS + "}"),
                Json.object("{" + both + ",'logging':{}}"));
    }

    @Override
    public List<ObjectNode> tools(RequestContext context) {
        List<ObjectNode> all = new ArrayList<>(Tools.list());
        if (context.revision().isModern()) {
            all.addAll(Rounds.list());
            all.addAll(TaskTools.list());
        }
        return all;
    }

    @Override
    public Reply call(String tool, ObjectNode arguments, RequestContext context) {
        if (TaskTools.has(tool) && context.revision().isModern()) {
            return TaskTools.call(tool, arguments, context);
        }
        return tool.startsWith(Rounds.PREFIX) && context.revision().isModern()
                ? rounds.call(tool, context)
                : tools.call(tool, arguments, context);
    }

    @Override
    public List<HeaderArgument> headerArguments(String tool, RequestContext context) {
        return Tools.list().stream()
                .filter(one -> one.path("name").asString("").equals(tool))
                .findFirst()
                .map(one -> HeaderArgument.in((ObjectNode) one.path("inputSchema")))
                .orElse(List.of());
    }

    @Override
    public List<ObjectNode> prompts(RequestContext context) {
        List<ObjectNode> prompts = new ArrayList<>();
        prompts.add(
                Json.object(
                        "{'name':'test_simple_prompt','description':'A prompt without"
                                + " arguments'}"));
        prompts.add(
                Json.object(
                        "{'name':'test_prompt_with_arguments','description':'A prompt with"
                            + " arguments',"
                            + "'arguments':[{'name':'arg1','description':'First','required':true},"
                            + "{'name':'arg2','description':'Second','required':true}]}"));
        prompts.add(
                Json.object(
                        "{'name':'test_prompt_with_embedded_resource','description':'A prompt with"
                            + " an embedded"
                            + " resource','arguments':[{'name':'resourceUri','description':'What to"
                            + " embed','required':true}]}"));
        prompts.add(
                Json.object(
                        "{'name':'test_prompt_with_image','description':'A prompt with an"
                                + " image'}"));
        if (context.revision().isModern()) {
            prompts.add(
                    Json.object(
                            "{'name':'test_input_required_result_prompt',"
                                    + "'description':'A prompt that asks for input'}"));
        }
        return prompts;
    }

    @Override
    public Reply prompt(String name, ObjectNode arguments, RequestContext context) {
        return switch (name) {
            case "test_simple_prompt" ->
                    messages(Json.textBlock("This is a simple prompt for testing."));
            case "test_prompt_with_arguments" ->
                    messages(
                            Json.textBlock(
                                    "Prompt with arguments: arg1='%s', arg2='%s'"
                                            .formatted(
                                                    arguments.path("arg1").asString(""),
                                                    arguments.path("arg2").asString(""))));
            case "test_prompt_with_embedded_resource" ->
                    messages(
                            Json.resource(
                                    arguments.path("resourceUri").asString(""),
                                    "text/plain",
                                    "Embedded resource content for testing."),
                            Json.textBlock("Please process the embedded resource above."));
            case "test_prompt_with_image" ->
                    messages(Json.image(), Json.textBlock("Please analyze the image above."));
            case "test_input_required_result_prompt" ->
                    context.revision().isModern()
                            ? rounds.prompt(context)
                            : new Reply.Failed(RpcError.unknown("prompt", name));
            default -> new Reply.Failed(RpcError.unknown("prompt", name));
        };
    }

    private static Reply messages(ObjectNode... contents) {
        ObjectNode result = Json.object();
        for (ObjectNode content : contents) {
            result.withArray("messages").addObject().put("role", "user").set("content", content);
        }
        return Reply.of(result);
    }

    @Override
    public List<ObjectNode> resources(RequestContext context) {
        List<ObjectNode> resources = new ArrayList<>(FixtureSkills.resources());
        resources.addAll(
                List.of(
                        resource("test://static-text", "static-text", "text/plain"),
                        resource("test://static-binary", "static-binary", "image/png"),
                        resource("test://watched-resource", "watched-resource", "text/plain")));
        return resources;
    }

    private static ObjectNode resource(String uri, String name, String mimeType) {
        return Json.object()
                .put("uri", uri)
                .put("name", name)
                .put("description", "Conformance fixture " + name)
                .put("mimeType", mimeType);
    }

    @Override
    public List<ObjectNode> resourceTemplates(RequestContext context) {
        return List.of(
                Json.object()
                        .put("uriTemplate", "test://template/{id}/data")
                        .put("name", "template")
                        .put("description", "A template with one parameter")
                        .put("mimeType", "application/json"));
    }

    @Override
    public Reply read(String uri, RequestContext context) {
        ObjectNode result = Json.object();
        ObjectNode contents = result.putArray("contents").addObject().put("uri", uri);
        String template = "test://template/";
        if (uri.equals("test://static-text")) {
            contents.put("mimeType", "text/plain");
            contents.put("text", "This is the content of the static text resource.");
        } else if (uri.equals("test://static-binary")) {
            contents.put("mimeType", "image/png").put("blob", Json.IMAGE);
        } else if (uri.equals("test://watched-resource")) {
            contents.put("mimeType", "text/plain").put("text", "Watched resource content");
        } else if (uri.startsWith(template) && uri.endsWith("/data")) {
            String id = uri.substring(template.length(), uri.length() - "/data".length());
            contents.put("mimeType", "application/json");
            contents.put(
                    "text",
                    Json.text(
                            Json.object()
                                    .put("id", id)
                                    .put("templateTest", true)
                                    .put("data", "Data for ID: " + id)));
        } else if (FixtureSkills.read(uri).isPresent()) {
            contents.put("mimeType", "text/markdown").put("text", FixtureSkills.read(uri).get());
        } else {
            return new Reply.Failed(RpcError.unknownResource(context.revision(), uri));
        }
        return Reply.of(result);
    }

    @Override
    public List<ObjectNode> skills(RequestContext context) {
        return FixtureSkills.entries();
    }

    @Override
    public Reply complete(
            ObjectNode reference, ObjectNode argument, ObjectNode known, RequestContext context) {
        return Reply.of(Json.object("{'completion':{'values':[],'total':0,'hasMore':false}}"));
    }

    @Override
    public boolean waits(String method, String name) {
        return method.equals("tools/call");
    }

    @Override
    public Freshness freshness(String method) {
        return new Freshness(300_000, !method.equals("resources/read"));
    }

    @Override
    public Optional<Listening> listen(
            Interest interest, Consumer<Change> to, RequestContext context) {
        Ear ear = new Ear(interest, to);
        ears.add(ear);
        return Optional.of(
                new Listening() {
                    @Override
                    public Interest honoured() {
                        return interest;
                    }

                    @Override
                    public void close() {
                        ears.remove(ear);
                    }
                });
    }

    private void tell(Change change) {
        for (Ear ear : ears) {
            boolean wanted =
                    switch (change) {
                        case Change.Tools() -> ear.interest().tools();
                        case Change.Prompts() -> ear.interest().prompts();
                        case Change.Resources() -> ear.interest().resources();
                        case Change.Resource(String uri) -> ear.interest().uris().contains(uri);
                    };
            if (wanted) {
                ear.to().accept(change);
            }
        }
    }

    @Override
    public String incident(Throwable bug) {
        bug.printStackTrace(System.err);
        return "fixture-" + incidents.incrementAndGet();
    }
}
