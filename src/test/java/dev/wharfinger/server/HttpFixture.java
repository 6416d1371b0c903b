package dev.wharfinger.server;

import dev.wharfinger.mcp.Harbour;
import dev.wharfinger.mcp.Protocol;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/** A real server on a free port, with a clock that the test sets. */
final class HttpFixture implements AutoCloseable {
    static final String META =
            "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    /** Bodies of 100,000 bytes, ten of them at once, three sessions; else as usual. */
    static final HttpServer.Limits LIMITS =
            new HttpServer.Limits(
                    100_000,
                    1_000_000,
                    3,
                    Duration.ofMinutes(30),
                    HttpServer.Limits.usual().crowd(),
                    HttpServer.Limits.usual().patience());

    final Harbour harbour = new Harbour();

    /** What the requests that came carried in {@code Authorization}. */
    final Queue<String> credentials = new ConcurrentLinkedQueue<>();

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final HttpServer server;

    HttpFixture() {
        this(new SecureRandom(), LIMITS);
    }

    /** With session ids that {@code random} makes, and other limits. */
    HttpFixture(RandomGenerator random, HttpServer.Limits limits) {
        server =
                HttpServer.start(
                        HttpServer.Front.loopback(0),
                        new Protocol(harbour, new SecureRandom(), InstantSource.system()),
                        new DurableAnswers(Durability.none()),
                        headers ->
                                headers.one("Authorization")
                                        .<Admission.Decision>map(this::admitted)
                                        .orElseGet(() -> new Admission.Decision.Admitted("anna")),
                        limits,
                        random,
                        (InstantSource) now::get);
    }

    private Admission.Decision admitted(String credential) {
        credentials.add(credential);
        return credential.equals("Bearer wrong")
                ? new Admission.Decision.Denied(401, "Bearer", "this token is not valid")
                : new Admission.Decision.Admitted(credential);
    }

    int port() {
        return server.port();
    }

    RawHttp.Response post(String body, String... headers) throws java.io.IOException {
        return RawHttp.ask(port(), RawHttp.post(body, headers));
    }

    /** A modern call with the headers that it needs. */
    RawHttp.Response modern(String method, String name, String params, String... headers)
            throws java.io.IOException {
        return RawHttp.ask(port(), modernRequest(method, name, params, headers));
    }

    static String modernRequest(String method, String name, String params, String... headers) {
        return modernRequest(1, method, name, params, headers);
    }

    static String modernRequest(
            int id, String method, String name, String params, String... headers) {
        java.util.List<String> all =
                new java.util.ArrayList<>(
                        java.util.List.of(
                                "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: " + method));
        if (!name.isEmpty()) {
            all.add("Mcp-Name: " + name);
        }
        all.addAll(java.util.List.of(headers));
        String body =
                "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":{%s%s}}"
                        .formatted(id, method, params.isEmpty() ? "" : params + ",", META);
        return RawHttp.post(body, all.toArray(String[]::new));
    }

    /** Opens a legacy session and gives its id. */
    String session(String revision, String... headers) throws java.io.IOException {
        return initialize(revision, headers).header("Mcp-Session-Id").orElseThrow();
    }

    RawHttp.Response initialize(String revision, String... headers) throws java.io.IOException {
        return post(
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
                        + "{\"protocolVersion\":\""
                        + revision
                        + "\",\"capabilities\":{\"elicitation\":{}}}}",
                headers);
    }

    @Override
    public void close() {
        server.close();
    }
}
