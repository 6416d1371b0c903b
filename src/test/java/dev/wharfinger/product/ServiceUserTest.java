package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wharfinger.server.Hello;
import dev.wharfinger.server.KeeperLink;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server whose user is not the one who works in the project: root serves, {@code nobody} works.
 * What the agent's user may not do is tried by that user, with real processes.
 */
class ServiceUserTest {
    private static final String NOBODY = "65534";

    @TempDir Path folder;

    @BeforeEach
    void twoUsersAreHere() {
        assumeTrue(
                System.getProperty("user.name").equals("root")
                        && Files.isExecutable(Path.of("/usr/bin/setpriv")),
                "only root can be two users");
    }

    private static int run(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words).redirectErrorStream(true).inheritIO().start().waitFor();
    }

    private static int asNobody(String... words) throws IOException, InterruptedException {
        var all =
                new ArrayList<>(
                        List.of(
                                "setpriv",
                                "--reuid=" + NOBODY,
                                "--regid=" + NOBODY,
                                "--clear-groups"));
        all.addAll(List.of(words));
        return run(all.toArray(String[]::new));
    }

    private static String enforcement(ServedShop served) throws Exception {
        ObjectNode with = StdioClient.JSON.createObjectNode().put("request", "Ship 1.0.1");
        return served.call(served.token(), "begin_shift", with)
                .path("structuredContent")
                .path("enforcement")
                .asString();
    }

    @Test
    void theWallsHoldAgainstAnotherUserAndAreAdviceForTheSame() throws Exception {
        try (var shop = ApprovedShop.in(folder, "{ count: 1, presence: required }")) {
            Path production = Files.createDirectories(folder.toRealPath().resolve("production"));
            Path evil = Files.writeString(folder.resolve("evil"), "evil\n");
            assertThat(run("chmod", "711", folder.toString())).isZero();
            assertThat(run("chmod", "644", evil.toString())).isZero();
            try (var served = ServedShop.start(shop.project())) {
                assertThat(enforcement(served)).isEqualTo("advisory");
            }
            assertThat(run("chown", "-R", NOBODY, shop.project().root().toString())).isZero();
            try (var served = ServedShop.start(shop.project())) {
                assertThat(enforcement(served)).isEqualTo("enforced");
                for (Path wall : List.of(production, shop.project().state())) {
                    assertThat(asNobody("cp", evil.toString(), wall + "/evil")).isNotZero();
                    assertThat(wall.resolve("evil")).doesNotExist();
                }
                assertThat(asNobody("cat", shop.project().state() + "/journal.key")).isNotZero();
                Path own = shop.project().root().resolve("evil");
                assertThat(asNobody("cp", evil.toString(), own.toString())).isZero();
            }
            assertThat(run("chmod", "o+w", production.toString())).isZero();
            try (var served = ServedShop.start(shop.project())) {
                assertThat(enforcement(served)).isEqualTo("advisory");
            }
        }
    }

    @Test
    void stdioOnlyBridgesToAServiceAndTheSocketHearsNothingThatIsForItsUser() throws Exception {
        Path sockets = Files.createDirectory(folder.resolve("run"));
        Path home = Files.createDirectory(folder.resolve("home"));
        try (var shop = ApprovedShop.in(folder, "{ count: 1, presence: required }")) {
            ProcessBuilder serve =
                    StdioClient.wharf(
                            List.of(
                                    "serve",
                                    "--port",
                                    "0",
                                    "--root",
                                    shop.project().root().toString(),
                                    "--state",
                                    shop.project().state().toString()));
            serve.environment().put("WHARF_SOCKETS", sockets.toString());
            Process service = serve.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            try {
                var out = reader(service);
                while (!out.readLine().startsWith("token")) {
                    Thread.onSpinWait();
                }
                Path socket = sockets.resolve("shop.sock");
                assertThat(Files.getPosixFilePermissions(socket)).hasSize(4);
                for (String command : List.of("trust", "rollback", "shift-end", "prove")) {
                    String answer =
                            KeeperLink.command(socket, command, List.of("staging", "", "-"));
                    assertThat(answer).contains("is for the user that the server runs as");
                }
                assertThat(KeeperLink.command(socket, "pending", List.of())).contains("pending");
                begins(shop, sockets, home);
                assertThat(home).isEmptyDirectory();
                try (var link = KeeperLink.open(socket, Hello.client("nobody", false, "x"))) {
                    assertThat(link.input().read()).as("no such persona").isEqualTo(-1);
                }
            } finally {
                service.destroy();
                assertThat(service.waitFor()).isEqualTo(143);
            }
            assertThat(sockets).isEmptyDirectory();
        }
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A client as every other, which was told no state folder. */
    private static void begins(ApprovedShop shop, Path sockets, Path home) throws Exception {
        ProcessBuilder stdio =
                StdioClient.wharf(List.of("stdio", "--root", shop.project().root().toString()));
        stdio.environment().put("WHARF_SOCKETS", sockets.toString());
        stdio.environment().put("XDG_STATE_HOME", home.toString());
        Process agent = stdio.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        ObjectNode call =
                StdioClient.JSON
                        .createObjectNode()
                        .put("jsonrpc", "2.0")
                        .put("id", 1)
                        .put("method", "initialize");
        call.putObject("params")
                .put("protocolVersion", "2025-11-25")
                .putObject("clientInfo")
                .put("name", "t")
                .put("version", "1");
        ((ObjectNode) call.path("params")).putObject("capabilities");
        agent.outputWriter().append(call.toString()).append('\n').flush();
        JsonNode answer = StdioClient.JSON.readTree(reader(agent).readLine());
        assertThat(answer.path("result").path("serverInfo").isObject()).as("%s", answer).isTrue();
        agent.outputWriter().close();
        assertThat(agent.waitFor()).isZero();
    }
}
