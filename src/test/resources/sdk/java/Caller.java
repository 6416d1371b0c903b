import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.modern.client.transport.HttpClientMcpTransport;
import io.modelcontextprotocol.modern.client.transport.McpHttpRequestCustomizer;
import io.modelcontextprotocol.modern.client.transport.StdioMcpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client of the official Java SDK that carries one call a line: {"tool", "arguments"} in, the result out. Before them
 * it says which tools it sees. usage: java Caller.java legacy|modern http URL TOKEN, or legacy|modern stdio COMMAND ARG…
 */
final class Caller {
    private static final McpJsonMapper JSON = McpJsonDefaults.getMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Either era's client, as far as a shift needs it. */
    interface Client extends AutoCloseable {
        List<String> tools();

        Map<String, Object> call(String tool, Map<String, Object> arguments);

        @Override
        void close();
    }

    public static void main(String[] words) throws Exception {
        boolean http = words[1].equals("http");
        List<String> rest = Arrays.asList(words).subList(2, words.length);
        try (Client client = words[0].equals("legacy") ? legacy(http, rest) : modern(http, rest)) {
            say(Map.of("tools", client.tools()));
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Map<String, Object> asked = map(JSON.readValue(line, Map.class));
                say(client.call((String) asked.get("tool"), map(asked.get("arguments"))));
            }
        }
        System.exit(0);
    }

    private static Client legacy(boolean http, List<String> words) {
        var spec =
                io.modelcontextprotocol.client.McpClient.sync(
                        http
                                ? HttpClientStreamableHttpTransport.builder(words.get(0).replace("/mcp", ""))
                                        .endpoint("/mcp")
                                        .addHttpRequestCustomizer(
                                                (request, method, uri, body, context) ->
                                                        request.header("Authorization", "Bearer " + words.get(1)))
                                        .build()
                                : new StdioClientTransport(program(words), JSON));
        var client = spec.requestTimeout(PATIENCE).initializationTimeout(PATIENCE).build();
        client.initialize();
        return new Client() {
            @Override
            public List<String> tools() {
                return client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
            }

            @Override
            public Map<String, Object> call(String tool, Map<String, Object> arguments) {
                return result(client.callTool(McpSchema.CallToolRequest.builder(tool).arguments(arguments).build()));
            }

            @Override
            public void close() {
                client.closeGracefully();
            }
        };
    }

    private static Client modern(boolean http, List<String> words) throws Exception {
        StdioMcpClientTransport stdio = http ? null : StdioMcpClientTransport.builder(program(words)).start();
        var client =
                io.modelcontextprotocol.modern.client.McpClient.sync(
                                http
                                        ? HttpClientMcpTransport.builder(words.get(0))
                                                .requestCustomizer(
                                                        McpHttpRequestCustomizer.fromSync(
                                                                (request, headers, context) ->
                                                                        headers.set(
                                                                                "Authorization",
                                                                                "Bearer " + words.get(1))))
                                                .build()
                                        : stdio)
                        .build();
        return new Client() {
            @Override
            public List<String> tools() {
                return client.listTools().list().tools().stream().map(tool -> tool.name()).toList();
            }

            @Override
            public Map<String, Object> call(String tool, Map<String, Object> arguments) {
                return result(client.tool(tool).arguments(arguments).roundTimeout(PATIENCE).call());
            }

            @Override
            public void close() {
                if (stdio != null) {
                    stdio.close();
                }
            }
        };
    }

    private static ServerParameters program(List<String> words) {
        return ServerParameters.builder(words.get(0)).args(words.subList(1, words.size())).build();
    }

    private static Map<String, Object> result(Object result) {
        return new LinkedHashMap<>(map(JSON.convertValue(result, Map.class)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static void say(Map<String, Object> what) throws Exception {
        System.out.println(JSON.writeValueAsString(what));
    }
}
