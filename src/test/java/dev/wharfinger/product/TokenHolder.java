package dev.wharfinger.product;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Somebody with tokens before a real {@code wharf serve}, of both eras. */
record TokenHolder(ServedShop served, HttpClient http) {
    private static final String CALL =
            """
            {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{
            "io.modelcontextprotocol/protocolVersion":"2026-07-28",
            "io.modelcontextprotocol/clientCapabilities":{}}}}
            """;
    private static final String HELLO =
            """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",
            "capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
            """;

    TokenHolder(ServedShop served) {
        this(served, HttpClient.newHttpClient());
    }

    /** A modern client's list of tools, with these {@code Authorization} fields. */
    HttpResponse<String> ask(String... authorizations) throws IOException, InterruptedException {
        return askAt("/mcp", authorizations);
    }

    /** The same at another address. */
    HttpResponse<String> askAt(String path, String... authorizations)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                post(path, CALL)
                        .header("MCP-Protocol-Version", "2026-07-28")
                        .header("Mcp-Method", "tools/list");
        for (String one : authorizations) {
            request.header("Authorization", one);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The id of a legacy session that this token opens. */
    String open(String token) throws IOException, InterruptedException {
        HttpRequest request =
                post("/mcp", HELLO).header("Authorization", "Bearer " + token).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString())
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    /** The status of a call in that session. */
    int ping(String session, String token) throws IOException, InterruptedException {
        HttpRequest request =
                post("/mcp", "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}")
                        .header("Mcp-Session-Id", session)
                        .header("MCP-Protocol-Version", "2025-11-25")
                        .header("Authorization", "Bearer " + token)
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** A page, with a token where there is one. */
    HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(served.mcp().resolve(path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder post(String path, String body) {
        return HttpRequest.newBuilder(served.mcp().resolve(path))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }
}
