package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wharfinger.journal.JournalReader;
import dev.wharfinger.product.MachineUser.Said;

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
import java.util.Set;
import java.util.TreeSet;

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

    /** Lets the agent's user be this persona. */
    private void allow(String persona, String name) throws Exception {
        Said said =
                MachineUser.run(
                        ofTheService(
                                "token",
                                "create",
                                "--persona",
                                persona,
                                "--for",
                                "anna",
                                "--user",
                                agent.name(),
                                "--name",
                                name));
        assertThat(said.exit()).as(said.text()).isZero();
        assertThat(said.text()).contains("user nobody has it").doesNotContain("wharf_");
    }

    /** Starts the server, and waits until it says that it serves. */
    private void serve() throws IOException {
        serve(ofTheService("serve", "--port", "0"));
    }

    private void serve(ProcessBuilder serve) throws IOException {
        Process process = serve.redirectError(ProcessBuilder.Redirect.INHERIT).start();
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
        allow("deploy", "agents");
        serve();
        try (var client = StdioClient.greeted(by(agent, "stdio"))) {
            assertThat(enforcement(client)).isEqualTo("enforced");
        }
        try (var client = StdioClient.greeted(by(service, "stdio", "--persona", "test"))) {
            assertThat(enforcement(client)).isEqualTo("advisory");
        }
        assertThat(MachineUser.run(by(agent, "status")).text()).contains("enforcement  enforced");
        assertThat(MachineUser.run(by(service, "status")).text()).contains("enforcement  advisory");
        MachineUser.mode(place.resolve("production"), "rwxrwxrwx");
        try (var client = StdioClient.greeted(by(agent, "stdio"))) {
            assertThat(enforcement(client)).as("an open target").isEqualTo("advisory");
        }
        assertThat(agent.home()).as("nothing is kept on the agent's side").isEmptyDirectory();
        assertThat(principals()).contains("local:nobody/anna", "local:daemon");
    }

    private Set<String> principals() throws IOException {
        var found = new TreeSet<String>();
        JournalReader.open(state)
                .walk(entry ->
                        found.add(
                                StdioClient.JSON
                                        .readTree(entry.line())
                                        .path("principal")
                                        .asString("")));
        return found;
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
        for (String secret : List.of("journal.key", "approvers", "tokens", "wharf.sock.pass")) {
            Said tried = MachineUser.run(agent.program(List.of("cat", state + "/" + secret)));
            assertThat(tried.text()).contains("Permission denied");
        }
        Said pass = MachineUser.run(agent.program(List.of("cat", sockets + "/shop.sock.pass")));
        assertThat(pass.text()).contains("Permission denied");
        long server = started.getFirst().pid();
        assertThat(MachineUser.run(agent.program(List.of("kill", "" + server))).exit()).isNotZero();
        Said own = MachineUser.run(agent.program(List.of("cp", evil.toString(), "copy")));
        assertThat(own.exit()).as("where it may, it can: %s", own.text()).isZero();
    }

    @Test
    void anotherUserIsOnlyThePersonasThatHeMayBeAndOnlyAsLong() throws Exception {
        serve();
        Said stranger = MachineUser.run(by(agent, "stdio"));
        assertThat(stranger.exit()).isEqualTo(1);
        assertThat(stranger.text()).contains("may not be /deploy here", "--user nobody");
        allow("deploy", "agents");
        Said tester = MachineUser.run(by(agent, "stdio", "--persona", "test"));
        assertThat(tester.text()).contains("may not be /test here");
        try (var client = StdioClient.greeted(by(agent, "stdio"))) {
            assertThat(client.call("shift_status").has("structuredContent")).isTrue();
            assertThat(MachineUser.run(ofTheService("token", "revoke", "agents")).exit()).isZero();
            assertThatThrownBy(() -> client.call("shift_status")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void theSocketHearsNothingThatIsForItsUser() throws Exception {
        allow("deploy", "agents");
        serve();
        for (var words :
                List.of(
                        List.of("rollback", "staging", "--reason", "x"),
                        List.of("shift", "end", "s_" + "a".repeat(26)),
                        List.of("prove", "test"),
                        List.of("trust"),
                        List.of("token", "list"),
                        List.of("approver", "list"),
                        List.of("journal", "show"))) {
            Said said = MachineUser.run(by(agent, words.toArray(String[]::new)));
            assertThat(said.exit()).as("%s: %s", words, said.text()).isEqualTo(1);
            assertThat(said.text()).contains(" as daemon");
        }
        assertThat(MachineUser.run(by(agent, "approve")).exit()).isZero();
        assertThat(MachineUser.run(by(service, "token", "list")).text()).contains("user nobody");
        assertThat(MachineUser.run(by(service, "trust")).text()).contains("already accepted");
        assertThat(agent.home().resolve(".local")).doesNotExist();
    }

    @Test
    void whoeverIsNotInTheGroupDoesNotGetIn() throws Exception {
        serve();
        assertThat(Files.getPosixFilePermissions(sockets.resolve("shop.sock"))).hasSize(4);
        var outside = new MachineUser("nobody", "nogroup", "", agent.classes(), agent.home());
        Said said = MachineUser.run(by(outside, "stdio"));
        assertThat(said.exit()).isEqualTo(4);
        assertThat(said.text()).contains("Permission denied", "the socket's group");
    }

    @Test
    void whereAServiceIsDownNobodyElseKeepsTheProject() throws Exception {
        allow("deploy", "agents");
        serve();
        try (var client = StdioClient.greeted(by(agent, "stdio"))) {
            started.getFirst().destroyForcibly().waitFor();
            Said down = MachineUser.run(by(agent, "stdio"));
            assertThat(down.exit()).isEqualTo(4);
            assertThat(down.text()).contains("cannot be used", "Start the service");
            serve();
            JsonNode after = client.call("check_gates", "environment", "staging");
            assertThat(StdioClient.rule(after)).as("the bridge went on").isEqualTo("shift.none");
        }
        assertThat(agent.home()).isEmptyDirectory();
        started.getLast().destroy();
        assertThat(started.getLast().waitFor()).isEqualTo(143);
        assertThat(sockets).as("what it laid there is gone").isEmptyDirectory();
    }

    @Test
    void aSocketThatAnybodyCanHavePutThereIsNotBelieved() throws Exception {
        MachineUser.mode(sockets, "rwxrwxrwx");
        serve();
        Said said = MachineUser.run(by(agent, "approve"));
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.text()).contains("is not to be believed", "can be written by others");
    }

    @Test
    void aDeclaredSocketIsTheOnlyWay() throws Exception {
        Path yaml = root.resolve("wharf.yaml");
        Path socket = sockets.resolve("declared");
        Files.writeString(
                yaml,
                Files.readString(yaml)
                        + "server: { socket: "
                        + socket
                        + ", notify: { webhook: \"https://x.example\", secret: \"${OURS}\" } }\n");
        Said none = MachineUser.run(by(agent, "stdio"));
        assertThat(none.exit()).isEqualTo(4);
        assertThat(none.text()).contains("nothing is there: start it");
        ProcessBuilder serve = ofTheService("serve", "--port", "0");
        serve.environment().put("OURS", "a-variable-of-the-service-alone");
        serve(serve);
        Said waits = MachineUser.run(by(agent, "approve"));
        assertThat(waits.exit()).as(waits.text()).isZero();
        Said second = MachineUser.run(ofTheService("serve", "--port", "0"));
        assertThat(second.exit()).as("without the variable").isEqualTo(3);
    }

    @Test
    void theProjectStaysTheAgentsAndBothWriteInIt() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setfacl")), "there are no access lists");
        agent.own(root);
        String list = "u:daemon:rwX,d:u:daemon:rwX,d:u:nobody:rwX";
        Said shared =
                MachineUser.run(
                        agent.program(List.of("setfacl", "-R", "-m", list, root.toString())));
        assumeTrue(shared.exit() == 0, shared.text());
        allow("deploy", "agents");
        serve();
        try (var client = StdioClient.greeted(by(agent, "stdio"))) {
            assertThat(enforcement(client)).isEqualTo("enforced");
            assertThat(client.call("read_plan").path("isError").asBoolean()).isFalse();
            JsonNode noted = client.call("record_note", "kind", "risk", "text", "It may rain.");
            assertThat(noted.path("isError").asBoolean()).as("%s", noted).isFalse();
            assertThat(client.call("commit_work", "message", "Notes").toString())
                    .contains("\"commit\"");
        }
        for (String file : List.of("PLAN.md", "RAID_LOG.md")) {
            assertThat(Files.getOwner(root.resolve(file)).getName()).isEqualTo("daemon");
            Said edit =
                    MachineUser.run(
                            agent.program(List.of("sh", "-c", "echo >> " + root.resolve(file))));
            assertThat(edit.exit()).as(edit.text()).isZero();
        }
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "there is no git");
        Said commit =
                MachineUser.run(
                        agent.program(
                                List.of(
                                        "git",
                                        "-C",
                                        root.toString(),
                                        "-c",
                                        "user.name=n",
                                        "-c",
                                        "user.email=n@example.com",
                                        "commit",
                                        "-qam",
                                        "By hand")));
        assertThat(commit.exit()).as(commit.text()).isZero();
    }
}
