package dev.wharfinger.product;

import dev.wharfinger.workspace.FreshRepository;
import dev.wharfinger.workspace.Person;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

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
        int trusted =
                StdioClient.run(
                        "trust",
                        "--root",
                        project.root().toString(),
                        "--state",
                        project.state().toString());
        if (trusted != 0) {
            throw new IOException("the rules were not accepted: " + trusted);
        }
        return new VersionedShop(project, FreshRepository.in(project.root()));
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

    /** The target's folder of staging. */
    Path staging() {
        return project.root().resolveSibling("staging");
    }

    private static final String SERVICE =
            """
            import com.sun.net.httpserver.HttpServer;
            import java.net.InetSocketAddress;
            import java.nio.file.Files;
            import java.nio.file.Path;

            public class Shop {
                public static void main(String[] a) throws Exception {
                    byte[] page = ("Welcome " + Files.readString(Path.of("version.txt"))).getBytes();
                    var at = new InetSocketAddress("127.0.0.1", Integer.parseInt(a[0]));
                    var server = HttpServer.create(at, 0);
                    server.createContext("/", e -> {
                        e.sendResponseHeaders(200, page.length);
                        e.getResponseBody().write(page);
                        e.close();
                    });
                    server.start();
                }
            }
            """;
}
