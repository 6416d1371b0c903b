package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wharfinger.product.MachineUser.Said;
import dev.wharfinger.server.Hello;
import dev.wharfinger.server.KeeperLink;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server under a user of its own ({@code daemon}), and an agent under another ({@code nobody}),
 * as real processes. What the agent's user may not do is tried by that user.
 */
class ServiceUserTest {
    @TempDir Path folder;

    private Path place = Path.of("/");
    private Path root = place;
    private Path state = place;
    private Path sockets = place;
    private MachineUser service = new MachineUser("", "", "", "", place);
    private MachineUser agent = service;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void twoUsersShareAMachine() throws Exception {
        assumeTrue(MachineUser.canBe("daemon", "nobody"), "only root can be two users");
        place = folder.toRealPath();
        MachineUser.mode(place, "rwxr-xr-x");
        String classes = MachineUser.classes(place);
        service = MachineUser.of("daemon", "daemon", "", place, classes);
        agent = MachineUser.of("nobody", "nogroup", "daemon", place, classes);
        ShopProject shop = ShopProject.in(place);
        root = shop.root();
        state = Files.createDirectory(shop.state());
        sockets = Files.createDirectory(place.resolve("run"));
        service.own(root);
        service.own(state);
        service.own(sockets);
        MachineUser.mode(state, "rwx------");
        for (String target : List.of("staging", "production")) {
            service.own(Files.createDirectory(place.resolve(target)));
        }
        Said trusted = MachineUser.run(ofTheService("trust"));
        assertThat(trusted.exit()).as(trusted.text()).isZero();
    }

    @AfterEach
    void endWhatWasStarted() throws Exception {
        for (Process process : started) {
            process.destroy();
            process.waitFor();
        }
    }

    /** A command as the server's user gives it, with its state folder. */
    private ProcessBuilder ofTheService(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--root", root.toString(), "--state", state.toString()));
        ProcessBuilder wharf = service.wharf(all);
        wharf.environment().put("WHARF_SOCKETS", sockets.toString());
        return wharf;
    }

    /** A command as somebody gives it who knows the project alone. */
    private ProcessBuilder by(MachineUser user, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--root", root.toString()));
        ProcessBuilder wharf = user.wharf(all);
        wharf.environment().put("WHARF_SOCKETS", sockets.toString());
        return wharf;
    }

    /** Starts the server, and waits until it says that it serves. */
    private void serve() throws IOException {
        Process process =
                ofTheService("serve", "--port", "0")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        started.add(process);
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var said = new ArrayList<String>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            if (line.startsWith("token ")) {
                return;
            }
        }
        throw new IOException("the server did not start: " + said);
    }

    private static String enforcement(StdioClient client) throws IOException {
        JsonNode begun = client.call("begin_shift", "request", "Ship 1.0.0");
        String said = begun.path("structuredContent").path("enforcement").asString("");
        assertThat(begun.toString()).contains("nenforcement: " + said);
        return said;
    }

    @Test
    void theWallsHoldAgainstAnotherUserAndAreAdviceForTheSame() throws Exception {
        serve();
        try (var client = StdioClient.greeted(by(agent, "stdio"))) {
            assertThat(enforcement(client)).isEqualTo("enforced");
        }
        try (var client = StdioClient.greeted(by(service, "stdio", "--persona", "test"))) {
            assertThat(enforcement(client)).isEqualTo("advisory");
        }
        MachineUser.mode(place.resolve("production"), "rwxrwxrwx");
        try (var client = StdioClient.greeted(by(agent, "stdio"))) {
            assertThat(enforcement(client)).as("an open target").isEqualTo("advisory");
        }
    }

    @Test
    void whatTheAgentsUserTriesPastTheServerFails() throws Exception {
        serve();
        Path evil = Files.writeString(agent.home().resolve("evil"), "evil\n");
        MachineUser.mode(evil, "rw-r--r--");
        List<Path> walls = List.of(place.resolve("production"), place.resolve("staging"), state);
        for (Path wall : walls) {
            Said tried =
                    MachineUser.run(agent.program(List.of("cp", evil.toString(), wall + "/evil")));
            assertThat(tried.exit()).isNotZero();
            assertThat(tried.text()).contains("Permission denied");
            assertThat(wall.resolve("evil")).doesNotExist();
        }
        for (String secret : List.of("journal.key", "approvers", "tokens", "wharf.sock")) {
            Said tried = MachineUser.run(agent.program(List.of("cat", state + "/" + secret)));
            assertThat(tried.text()).contains("Permission denied");
        }
        long server = started.getFirst().pid();
        assertThat(MachineUser.run(agent.program(List.of("kill", "" + server))).exit()).isNotZero();
        Said own = MachineUser.run(agent.program(List.of("cp", evil.toString(), "copy")));
        assertThat(own.exit()).as("where it may, it can: %s", own.text()).isZero();
    }

    @Test
    void theSocketHearsNothingThatIsForItsUser() throws Exception {
        serve();
        Path socket = sockets.resolve("shop.sock");
        assertThat(Files.getPosixFilePermissions(socket)).hasSize(4);
        for (String command : List.of("trust", "rollback", "shift-end", "prove")) {
            String answer = KeeperLink.command(socket, command, List.of("staging", "", "-"));
            assertThat(answer).contains("is for the user that the server runs as");
        }
        assertThat(KeeperLink.command(socket, "pending", List.of())).contains("pending");
        try (var link = KeeperLink.open(socket, Hello.client("nobody", false, "x"))) {
            assertThat(link.input().read()).as("no such persona").isEqualTo(-1);
        }
        started.getFirst().destroy();
        assertThat(started.getFirst().waitFor()).isEqualTo(143);
        assertThat(sockets).isEmptyDirectory();
    }
}
