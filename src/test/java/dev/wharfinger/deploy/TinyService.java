package dev.wharfinger.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A real HTTP service for releases in tests. What it does stands in the files of the folder that it
 * runs in: {@code version}, {@code crash}, {@code unhealthy}, {@code broken}, {@code lies}, {@code
 * dies}.
 */
final class TinyService {
    private TinyService() {}

    public static void main(String[] arguments) throws Exception {
        var version = Files.readString(Path.of("version")).strip();
        noteStart(version);
        if (Files.exists(Path.of("crash"))) {
            System.err.println("cannot reach the database with " + System.getenv("DATABASE_URL"));
            System.exit(3);
        }
        var port = Integer.parseInt(arguments[0]);
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        boolean healthy = !Files.exists(Path.of("unhealthy"));
        var told = Files.exists(Path.of("lies")) ? "9.9.9" : version;
        server.createContext(
                "/healthz",
                call -> {
                    call.getResponseHeaders().add("X-Release", told);
                    answer(
                            call,
                            healthy ? 200 : 500,
                            "{\"status\":\"x\",\"version\":\"" + told + "\"}");
                });
        server.createContext("/version", call -> answer(call, 200, told + "\n"));
        boolean broken = Files.exists(Path.of("broken"));
        server.createContext("/", call -> answer(call, 200, broken ? "Oops" : "Welcome"));
        server.start();
        if (Files.exists(Path.of("dies"))) {
            Thread.sleep(1500);
            System.exit(4);
        }
    }

    private static void noteStart(String version) throws IOException {
        var starts = System.getenv("STARTS");
        if (starts != null) {
            Files.writeString(
                    Path.of(starts),
                    version + " " + System.getenv("WHARF_DEPLOYMENT") + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    private static void answer(HttpExchange call, int status, String text) throws IOException {
        try (call) {
            var body = text.getBytes(UTF_8);
            call.sendResponseHeaders(status, body.length);
            call.getResponseBody().write(body);
        }
    }
}
