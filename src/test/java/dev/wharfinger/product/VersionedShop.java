package dev.wharfinger.product;

import dev.wharfinger.workspace.FreshRepository;
import dev.wharfinger.workspace.Person;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import javax.tools.ToolProvider;

/** The shop in many versions: each commit is the next one, and its page names the version. */
final class VersionedShop {
    private static final Person ANNA = new Person("Anna", "anna@example.com");
    private final ShopProject project;
    private final FreshRepository repository;

    private VersionedShop(ShopProject project, FreshRepository repository) {
        this.project = project;
        this.repository = repository;
    }

    /** A shop whose rules are accepted, and which has no version yet. */
    static VersionedShop in(Path folder) throws IOException, InterruptedException {
        ShopProject project = ShopProject.in(folder);
        Path app = project.root().resolve("app");
        Files.delete(app.resolve("Shop.java"));
        Path source = Files.createDirectory(folder.resolve("source")).resolve("Shop.java");
        Files.writeString(source, SERVICE);
        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", app.toString(), source.toString());
        if (code != 0) {
            throw new IOException("the shop does not compile");
        }
        project.write("wharf.yaml", project.read("wharf.yaml").replace("Shop.java,", "Shop,"));
        Files.createDirectory(project.root().resolve("tests"));
        project.write("tests/README.md", "# Tests\n");
        var shop = new VersionedShop(project, FreshRepository.in(project.root()));
        int trusted = shop.wharf("trust");
        if (trusted != 0) {
            throw new IOException("the rules were not accepted: " + trusted);
        }
        return shop;
    }

    /** A person commits the next version, and whatever else lies there. */
    void release(String version) throws IOException {
        project.write("app/version.txt", version);
        project.write("package.json", "{\"name\":\"shop\",\"version\":\"" + version + "\"}\n");
        repository.commit(ANNA, version, Instant.parse("2026-11-23T00:00:00Z"), "v" + version);
    }

    ShopProject project() {
        return project;
    }

    /** Runs a command of this project to its end. */
    int wharf(String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--root", project.root().toString()));
        all.addAll(List.of("--state", project.state().toString()));
        return StdioClient.run(all.toArray(String[]::new));
    }

    /** What staging shows to its users. */
    String page() throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var at = URI.create("http://127.0.0.1:" + project.port() + "/");
            return http.send(
                            HttpRequest.newBuilder(at).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** The target's folder of staging. */
    Path staging() {
        return project.root().resolveSibling("staging");
    }

    /** It waits by sleeping: a JVM whose thread sits in accept() takes 300 ms to end. */
    private static final String SERVICE =
            """
            import java.net.InetSocketAddress;
            import java.net.Socket;
            import java.nio.channels.ServerSocketChannel;
            import java.nio.file.Files;
            import java.nio.file.Path;

            public class Shop {
                public static void main(String[] a) throws Exception {
                    String page = "Welcome " + Files.readString(Path.of("version.txt"));
                    byte[] answer = ("HTTP/1.1 200 OK\\r\\nConnection: close\\r\\nContent-Length: "
                            + page.length() + "\\r\\n\\r\\n" + page).getBytes();
                    var server = ServerSocketChannel.open();
                    server.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(a[0])), 50);
                    server.configureBlocking(false);
                    while (true) {
                        var client = server.accept();
                        if (client == null) {
                            Thread.sleep(2);
                            continue;
                        }
                        client.configureBlocking(true);
                        try (Socket socket = client.socket()) {
                            socket.setSoTimeout(1000);
                            var in = socket.getInputStream();
                            for (int end = 0; end != 0x0d0a0d0a; ) {
                                int next = in.read();
                                if (next < 0) {
                                    break;
                                }
                                end = end << 8 | next;
                            }
                            socket.getOutputStream().write(answer);
                        } catch (java.io.IOException gone) {
                            System.err.println(gone);
                        }
                    }
                }
            }
            """;
}
