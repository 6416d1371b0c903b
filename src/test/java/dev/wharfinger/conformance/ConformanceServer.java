package dev.wharfinger.conformance;

import dev.wharfinger.mcp.Protocol;
import dev.wharfinger.server.Admission;
import dev.wharfinger.server.Durability;
import dev.wharfinger.server.DurableAnswers;
import dev.wharfinger.server.HttpServer;

import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Serves the fixtures of the official conformance suite with the product's own protocol and
 * transport: {@code ConformanceServer PORT}, then {@code conformance/run.sh
 * http://127.0.0.1:PORT/mcp}.
 */
public final class ConformanceServer {
    private ConformanceServer() {}

    /** Listens on 127.0.0.1; port 0 takes a free one. */
    public static HttpServer start(int port) {
        SecureRandom random = new SecureRandom();
        byte[] key = new byte[32];
        random.nextBytes(key);
        return HttpServer.start(
                HttpServer.Front.loopback(port),
                new Protocol(new Fixtures(key), random, InstantSource.system()),
                new DurableAnswers(Durability.none()),
                headers -> new Admission.Decision.Admitted("conformance"),
                HttpServer.Limits.usual(),
                random,
                InstantSource.system());
    }

    /** {@code --port N}: serves until the process is ended. */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 2 || !arguments[0].equals("--port")) {
            System.err.println("Usage: wharf conformance-server --port N");
            System.exit(2);
        }
        try (HttpServer server = start(Integer.parseInt(arguments[1]))) {
            System.out.println("http://127.0.0.1:" + server.port() + "/mcp");
            Thread.currentThread().join();
        }
    }
}
