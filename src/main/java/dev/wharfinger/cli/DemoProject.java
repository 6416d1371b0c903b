package dev.wharfinger.cli;

import dev.wharfinger.approval.SshPrivateKey;
import dev.wharfinger.workspace.FreshRepository;
import dev.wharfinger.workspace.Person;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The demonstration's project: a small Git repository with a real HTTP service, real tests, a real
 * scanner, and a {@code wharf.yaml} that ships it to this machine.
 */
record DemoProject(
        Path folder,
        int port,
        int productionPort,
        FreshRepository repository,
        Terminal terminal,
        SshPrivateKey key) {
    private static final Person ANNA = new Person("Anna", "anna@example.com");
    private static final List<String> FILES =
            List.of(
                    "app/ShopTest.java",
                    "app/Scan.java",
                    "PLAN.md",
                    "HANDOFF_NOTES.md",
                    "CHARTER.md");

    /** Makes the project below this folder, at version 1.0.0. */
    static DemoProject make(Path folder, Terminal terminal) throws IOException {
        Path root = Files.createDirectories(folder.resolve("shop"));
        Files.createDirectories(root.resolve("app"));
        var project =
                new DemoProject(
                        folder,
                        freePort(),
                        freePort(),
                        FreshRepository.in(root),
                        terminal,
                        SshPrivateKey.generate());
        for (String file : FILES) {
            Files.writeString(root.resolve(file), resource(file));
        }
        Files.writeString(root.resolve("greeting.txt"), "Welcome, and mind the gangway.\n");
        Files.writeString(root.resolve(".gitignore"), "reports/\nout.sarif\n");
        Files.writeString(root.resolve(Config.FILE), project.configuration());
        project.release("1.0.0", "\"Welcome.\"");
        return project;
    }

    /** A second release whose tests are green, and whose page breaks where it is shipped. */
    void breakIt() throws IOException {
        release("1.1.0", "java.nio.file.Files.readString(java.nio.file.Path.of(\"greeting.txt\"))");
    }

    private void release(String version, String greeting) throws IOException {
        String source =
                resource("app/Shop.java")
                        .replace("@VERSION@", version)
                        .replace("@GREETING@", greeting);
        Files.writeString(root().resolve("app/Shop.java"), source);
        repository.commit(ANNA, "shop " + version, terminal.clock().instant(), "v" + version);
    }

    /** Somebody opens PLAN.md in an editor and writes DONE into the row of {@code /test}. */
    void markTestsDoneByHand() throws IOException {
        Path plan = root().resolve("PLAN.md");
        String text = Files.readString(plan);
        Files.writeString(
                plan,
                text.replace("| **Test** | /test | 💤 IDLE |", "| **Test** | /test | ✅ DONE |"));
    }

    Path root() {
        return folder.resolve("shop");
    }

    Path state() {
        return folder.resolve("state");
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    String productionUrl() {
        return "http://127.0.0.1:" + productionPort + "/";
    }

    private String configuration() throws IOException {
        return resource(Config.FILE)
                .replace("@PROJECT@", "shop-demo")
                .replace(
                        "@JAVA@",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .replace("@DIR@", folder.toString())
                .replace("@PORT@", Integer.toString(port))
                .replace("@PRODUCTION@", Integer.toString(productionPort));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String resource(String name) throws IOException {
        String file = name.endsWith(".java") ? name + ".template" : name;
        try (InputStream in = DemoProject.class.getResourceAsStream("/wharfinger/demo/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource demo/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
