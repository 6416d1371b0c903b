package dev.wharfinger.product;

import dev.wharfinger.workspace.FreshRepository;
import dev.wharfinger.workspace.Person;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A real Git project with a real HTTP service, proved and shipped by real commands. */
final class ShopProject {
    private static final Person ANNA = new Person("Anna", "anna@example.com");
    private final Path folder;
    private final int port;
    private final FreshRepository repository;

    private ShopProject(Path folder, int port, FreshRepository repository) {
        this.folder = folder;
        this.port = port;
        this.repository = repository;
    }

    static ShopProject in(Path folder) throws IOException {
        Path place = folder.toRealPath();
        Files.createDirectories(place.resolve("shop/app"));
        var repository = FreshRepository.in(place.resolve("shop"));
        var project = new ShopProject(place, freePort(), repository);
        project.write("app/Shop.java", SERVICE);
        project.write("prove.sh", PROVE);
        project.root().resolve("prove.sh").toFile().setExecutable(true);
        project.write("PLAN.md", PLAN);
        project.write("HANDOFF_NOTES.md", "# Handoff notes\n\nReady.\n");
        project.write("wharf.yaml", project.configuration());
        project.commit("v1.0.0");
        return project;
    }

    /** Everything that stands there, as a person commits it. */
    void commit(String tag) throws IOException {
        repository.commit(ANNA, "shop", Instant.parse("2026-11-23T00:00:00Z"), tag);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Path root() {
        return folder.resolve("shop");
    }

    Path state() {
        return folder.resolve("state");
    }

    int port() {
        return port;
    }

    void write(String name, String text) throws IOException {
        Files.writeString(root().resolve(name), text);
    }

    String read(String name) throws IOException {
        return Files.readString(root().resolve(name));
    }

    /** Ends what the tests left running. */
    void stop() {
        new dev.wharfinger.command.Services()
                .listeners(port)
                .forEach(listener ->
                        ProcessHandle.of(listener.pid()).ifPresent(ProcessHandle::destroyForcibly));
    }

    private String configuration() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return """
        project: shop
        artifact: { path: app }
        gates:
          test: { command: [./prove.sh, test], reports: ["out/*.xml"] }
          security: { command: [./prove.sh, security], reports: ["out/*.sarif"] }
          ci: { applies: false, because: "no CI here" }
          ux: { applies: false, because: "no user interface" }
          monitoring: { applies: false, because: "nothing watches the tests" }
        environments:
          staging:
            target:
              local:
                dir: %s/staging
                start: ["%s", -XX:-UsePerfData, Shop.java, "%d"]
                health: http://127.0.0.1:%d/healthz
            smoke:
              - http: { url: "http://127.0.0.1:%d/", status: 200, contains: Welcome, within: 5s }
          production:
            after: staging
            target:
              local: { dir: %s/production, start: ["%s", Shop.java, "1"], health: "http://127.0.0.1:1/" }
        """
                .formatted(folder, java, port, port, port, folder, java);
    }

    private static final String PLAN =
            """
            # Plan

            | Agent | Command | Status |
            |-------|---------|--------|
            | **Test** | /test | 💤 IDLE |
            | **Security** | /security | 💤 IDLE |
            | **DevOps** | /deploy | 💤 IDLE |
            """;

    private static final String PROVE =
            """
            #!/bin/sh
            mkdir -p out
            if [ "$1" = test ]; then
              echo '<testsuite name="s" tests="1"><testcase name="a" classname="S"/></testsuite>' > out/t.xml
            else
              echo '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"scan"}},"results":[]}]}' > out/s.sarif
            fi
            """;

    private static final String SERVICE =
            """
            import com.sun.net.httpserver.HttpServer;
            import java.net.InetSocketAddress;

            public class Shop {
                public static void main(String[] a) throws Exception {
                    var at = new InetSocketAddress("127.0.0.1", Integer.parseInt(a[0]));
                    var server = HttpServer.create(at, 0);
                    server.createContext("/", e -> {
                        byte[] b = "Welcome".getBytes();
                        e.sendResponseHeaders(200, b.length);
                        e.getResponseBody().write(b);
                        e.close();
                    });
                    server.start();
                }
            }
            """;
}
