package dev.wharfinger.conformance;

import dev.wharfinger.mcp.Change;
import dev.wharfinger.mcp.LogLevel;
import dev.wharfinger.mcp.Reply;
import dev.wharfinger.mcp.RequestContext;
import dev.wharfinger.mcp.RpcError;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** The tools that answer in one round. */
final class Tools {
    private static final String NAMES =
            """
            test_audio_content|{'type':'object'}
            test_elicitation|{'type':'object','properties':{'message':{'type':'string'}}}
            test_elicitation_sep1034_defaults|{'type':'object'}
            test_elicitation_sep1330_enums|{'type':'object'}
            test_embedded_resource|{'type':'object'}
            test_error_handling|{'type':'object'}
            test_image_content|{'type':'object'}
            test_logging_tool|{'type':'object'}
            test_missing_capability|{'type':'object'}
            test_multiple_content_types|{'type':'object'}
            test_reconnection|{'type':'object'}
            test_sampling|{'type':'object','properties':{'prompt':{'type':'string'}}}
            test_simple_text|{'type':'object'}
            test_streaming_elicitation|{'type':'object'}
            test_tool_with_logging|{'type':'object'}
            test_tool_with_progress|{'type':'object'}
            test_trigger_prompt_change|{'type':'object'}
            test_trigger_tool_change|{'type':'object'}
            test_x_mcp_header|{'type':'object','properties':{'region':{'type':'string','x-mcp-header':'Region'}}}
            json_schema_2020_12_tool|{'$schema':'https://json-schema.org/draft/2020-12/schema','type':'object',\
            '$defs':{'address':{'$anchor':'addressDef','type':'object','properties':{'street':{'type':'string'},\
            'city':{'type':'string'}}}},'properties':{'name':{'type':'string'},'address':{'$ref':'#/$defs/address'},\
            'contactMethod':{'type':'string','enum':['phone','email']},'phone':{'type':'string'},\
            'email':{'type':'string'}},'allOf':[{'anyOf':[{'required':['phone']},{'required':['email']}]}],\
            'if':{'properties':{'contactMethod':{'const':'phone'}},'required':['contactMethod']},\
            'then':{'required':['phone']},'else':{'required':['email']},'additionalProperties':false}
            """;

    private static final String DEFAULTS =
            """
            {'type':'object','properties':{
             'name':{'type':'string','description':'User name','default':'John Doe'},
             'age':{'type':'integer','description':'User age','default':30},
             'score':{'type':'number','description':'User score','default':95.5},
             'status':{'type':'string','description':'User status','enum':['active','inactive','pending'],
              'default':'active'},
             'verified':{'type':'boolean','description':'Verification status','default':true}},
             'required':[]}
            """;

    private static final String ENUMS =
            """
            {'type':'object','properties':{
             'untitledSingle':{'type':'string','description':'One','enum':['option1','option2','option3']},
             'titledSingle':{'type':'string','description':'One, titled','oneOf':[
              {'const':'value1','title':'First Option'},{'const':'value2','title':'Second Option'},
              {'const':'value3','title':'Third Option'}]},
             'legacyEnum':{'type':'string','description':'One, legacy','enum':['opt1','opt2','opt3'],
              'enumNames':['Option One','Option Two','Option Three']},
             'untitledMulti':{'type':'array','description':'Many','minItems':1,'maxItems':3,
              'items':{'type':'string','enum':['option1','option2','option3']}},
             'titledMulti':{'type':'array','description':'Many, titled','minItems':1,'maxItems':3,'items':{'anyOf':[
              {'const':'value1','title':'First Choice'},{'const':'value2','title':'Second Choice'},
              {'const':'value3','title':'Third Choice'}]}}},
             'required':[]}
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Consumer<Change> changes;

    Tools(Consumer<Change> changes) {
        this.changes = changes;
    }

    static List<ObjectNode> list() {
        List<ObjectNode> tools = new ArrayList<>();
        for (String line : NAMES.lines().toList()) {
            int bar = line.indexOf('|');
            tools.add(tool(line.substring(0, bar), Json.object(line.substring(bar + 1))));
        }
        return tools;
    }

    static ObjectNode tool(String name, ObjectNode schema) {
        ObjectNode tool = Json.object().put("name", name);
        tool.put("description", "Conformance fixture " + name);
        tool.set("inputSchema", schema);
        return tool;
    }

    Reply call(String tool, ObjectNode arguments, RequestContext context) {
        return switch (tool) {
            case "test_simple_text" -> says("This is a simple text response for testing.");
            case "test_image_content" -> Reply.of(Json.content(Json.image()));
            case "test_audio_content" ->
                    Reply.of(
                            Json.content(
                                    Json.object()
                                            .put("type", "audio")
                                            .put("data", Json.SOUND)
                                            .put("mimeType", "audio/wav")));
            case "test_embedded_resource" ->
                    Reply.of(
                            Json.content(
                                    Json.resource(
                                            "test://embedded-resource",
                                            "text/plain",
                                            "This is an embedded resource content.")));
            case "test_multiple_content_types" ->
                    Reply.of(
                            Json.content(
                                    Json.textBlock("Multiple content types test:"),
                                    Json.image(),
                                    Json.resource(
                                            "test://mixed-content-resource",
                                            "application/json",
                                            "{\"test\":\"data\",\"value\":123}")));
            case "test_error_handling" ->
                    Reply.of(
                            Json.says("This tool intentionally returns an error for testing")
                                    .put("isError", true));
            case "test_tool_with_progress", "test_streaming_elicitation" -> progress(context);
            case "test_tool_with_logging", "test_logging_tool" -> logging(context);
            case "test_reconnection" -> reconnection(context);
            case "test_sampling" -> sampling(arguments, context);
            case "test_elicitation" -> elicitation(arguments, context);
            case "test_elicitation_sep1034_defaults" -> form(DEFAULTS, context);
            case "test_elicitation_sep1330_enums" -> form(ENUMS, context);
            case "test_missing_capability" -> missingCapability(context);
            case "test_trigger_tool_change" -> change(new Change.Tools());
            case "test_trigger_prompt_change" -> change(new Change.Prompts());
            case "test_x_mcp_header", "json_schema_2020_12_tool" ->
                    says(tool + " called with " + Json.text(arguments));
            default -> new Reply.Failed(RpcError.unknown("tool", tool));
        };
    }

    private static Reply says(String text) {
        return Reply.of(Json.says(text));
    }

    private Reply change(Change change) {
        changes.accept(change);
        return says("Mutation triggered");
    }

    private static Reply progress(RequestContext context) {
        for (int done : new int[] {0, 50, 100}) {
            context.progress(done, OptionalDouble.of(100), "Completed step " + done + " of " + 100);
            pause();
        }
        return says("Progress complete");
    }

    private static Reply logging(RequestContext context) {
        for (String line :
                List.of(
                        "Tool execution started",
                        "Tool processing data",
                        "Tool execution completed")) {
            context.log(LogLevel.INFO, "conformance", JsonNodeFactory.instance.stringNode(line));
            pause();
        }
        return says("Tool with logging executed successfully");
    }

    private static Reply reconnection(RequestContext context) {
        context.rest();
        pause();
        return says("Reconnection test completed successfully.");
    }

    private static Reply sampling(ObjectNode arguments, RequestContext context) {
        ObjectNode question = Json.object("{'messages':[],'maxTokens':100}");
        ObjectNode message = question.withArray("messages").addObject().put("role", "user");
        message.set("content", Json.textBlock(arguments.path("prompt").asString("")));
        return says(
                context.ask("sampling/createMessage", question, PATIENCE)
                        .map(answer ->
                                "LLM response: " + answer.path("content").path("text").asString(""))
                        .orElse("Sampling not supported"));
    }

    private static Reply elicitation(ObjectNode arguments, RequestContext context) {
        String schema =
                "{'type':'object','properties':{'response':{'type':'string',"
                        + "'description':'The response'}},'required':['response']}";
        return says(
                ask(arguments.path("message").asString(""), schema, context)
                        .map(answer ->
                                "User response: action="
                                        + answer.path("action").asString("")
                                        + ", content="
                                        + content(answer))
                        .orElse("Elicitation not supported"));
    }

    private static Reply form(String schema, RequestContext context) {
        return says(
                ask("Please fill in the form", schema, context)
                        .map(answer ->
                                "Elicitation completed: action="
                                        + answer.path("action").asString("")
                                        + ", content="
                                        + content(answer))
                        .orElse("Elicitation not supported"));
    }

    private static String content(ObjectNode answer) {
        JsonNode content = answer.path("content");
        return content.isObject() ? Json.text(content) : "{}";
    }

    private static Optional<ObjectNode> ask(String message, String schema, RequestContext context) {
        if (context.revision().isModern()) {
            return Optional.empty();
        }
        ObjectNode question = Json.object().put("message", message);
        question.set("requestedSchema", Json.object(schema.replace("\n", "")));
        return context.ask("elicitation/create", question, PATIENCE);
    }

    private static Reply missingCapability(RequestContext context) {
        return context.clientCan("sampling")
                ? says("Success")
                : new Reply.Failed(RpcError.missingCapability(Json.object("{'sampling':{}}")));
    }

    /** Between two notifications, as the suite describes the fixtures. */
    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
