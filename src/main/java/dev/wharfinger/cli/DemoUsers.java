package dev.wharfinger.cli;

import dev.wharfinger.command.PipedProgram;
import dev.wharfinger.identity.Accounts;
import dev.wharfinger.identity.Peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two users of this machine as whom the demonstration can work: one for the server, one for the
 * agent. Root can be both, and whoever may {@code sudo} without being asked.
 *
 * @param asRoot what is written before a command so that root runs it
 * @param place where their programs run and what they say is kept
 */
record DemoUsers(List<String> asRoot, String serviceGroup, String agentGroup, Path place) {
    static final String SERVICE = "daemon";
    static final String AGENT = "nobody";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SETPRIV = "/usr/bin/setpriv";

    /** How a program ended, and all that it said. */
    record Said(int exit, String text) {}

    /** The two users, where this process can be them. */
    static Optional<DemoUsers> find(Path place) throws IOException, InterruptedException {
        var accounts = Accounts.ofThisMachine();
        Optional<String> service = accounts.primaryGroup(SERVICE);
        Optional<String> agent = accounts.primaryGroup(AGENT);
        if (service.isEmpty() || agent.isEmpty() || !Files.isExecutable(Path.of(SETPRIV))) {
            return Optional.empty();
        }
        boolean root = Peer.ofThisProcess().isRoot();
        var users =
                new DemoUsers(
                        root ? List.of() : List.of("/usr/bin/sudo", "-n"),
                        service.get(),
                        agent.get(),
                        place);
        boolean can =
                root
                        || Files.isExecutable(Path.of("/usr/bin/sudo"))
                                && users.run(users.root("true")).exit() == 0;
        return can ? Optional.of(users) : Optional.empty();
    }

    /** A command as root. */
    List<String> root(String... words) {
        return joined(asRoot, List.of(words));
    }

    /** A command as the server's user, who finds sockets in this folder. */
    List<String> service(Path sockets, List<String> words) {
        return as(SERVICE, serviceGroup, "--clear-groups", sockets, words);
    }

    /** A command as the agent's user, who is in the socket's group. */
    List<String> agent(Path sockets, List<String> words) {
        return as(AGENT, agentGroup, "--groups=" + serviceGroup, sockets, words);
    }

    private List<String> as(
            String user, String group, String groups, Path sockets, List<String> words) {
        var become = List.of(SETPRIV, "--reuid=" + user, "--regid=" + group, groups);
        var clean =
                List.of(
                        "/usr/bin/env",
                        "-u",
                        "XDG_STATE_HOME",
                        "HOME=" + place.resolve(user),
                        "USER=" + user,
                        "WHARF_SOCKETS=" + sockets);
        return joined(asRoot, joined(become, joined(clean, words)));
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Runs a command to its end. */
    Said run(List<String> argv) throws IOException, InterruptedException {
        Path errors = Files.createTempFile(place.resolve("said"), "said-", ".log");
        var lines = new ArrayList<String>();
        try (PipedProgram program = PipedProgram.start(argv, place, errors)) {
            String out = new String(program.fromProgram().readAllBytes(), StandardCharsets.UTF_8);
            int exit = program.end(LIMIT);
            lines.addAll(out.lines().toList());
            lines.addAll(Files.readAllLines(errors));
            return new Said(exit, String.join("\n", lines).strip());
        }
    }

    /** Runs a command that must not fail. */
    void must(List<String> argv) throws IOException, InterruptedException {
        Said said = run(argv);
        if (said.exit() != 0) {
            throw new IOException(String.join(" ", argv) + ": " + said.text());
        }
    }
}
