package dev.wharfinger.cli;

import dev.wharfinger.call.Caller;
import dev.wharfinger.identity.Peer;
import dev.wharfinger.server.Hello;
import dev.wharfinger.server.KeeperLink;
import dev.wharfinger.server.KeeperSocket;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a server under a user of its own is met by the users of the machine: {@code
 * /run/wharfinger/PROJECT.sock} ({@code WHARF_SOCKETS} names another folder). Whoever may open it
 * may call tools, look at what waits, and deliver signatures; what only the keeper's own user may
 * say (the rules, shifts, a rollback) is not heard there.
 */
record ServiceSocket(Path path) {
    private static final Set<String> HEARD =
            Set.of("status", "pending", "card", "to-sign", "decide");

    /** The place for this project's socket, whether or not there is one. */
    static ServiceSocket of(Terminal terminal, Place place) {
        Path folder =
                terminal.variable("WHARF_SOCKETS")
                        .map(terminal::resolve)
                        .orElse(Path.of("/run/wharfinger"));
        String project =
                place.config().map(Config::project).orElse(Config.folderName(place.root()));
        return new ServiceSocket(folder.resolve(project + ".sock"));
    }

    /** Whether a service is met there; where people named a state folder, nobody looks for one. */
    static Optional<ServiceSocket> met(Terminal terminal, Place place) {
        ServiceSocket socket = of(terminal, place);
        boolean named = !place.state().startsWith(terminal.stateHome());
        return !named && Files.exists(socket.path()) ? Optional.of(socket) : Optional.empty();
    }

    /** Listens, where the folder was made for it; closed with the server. */
    Optional<KeeperSocket> listen(Keeper keeper) throws IOException {
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            return Optional.empty();
        }
        return Optional.of(
                KeeperSocket.listen(
                        path, new Service(keeper), Files::deleteIfExists, ServiceSocket::open));
    }

    private static void open(Path socket) throws IOException {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
    }

    /** A connection of an agent. */
    KeeperLink link(Hello hello) throws IOException {
        return KeeperLink.open(path, hello);
    }

    /** What the service answers to a command. */
    JsonNode ask(String command, String... arguments) throws IOException {
        return new JsonMapper().readTree(KeeperLink.command(path, command, List.of(arguments)));
    }

    /** What the service does with those who come. */
    private record Service(Keeper keeper) implements KeeperSocket.Reception {
        @Override
        public void client(Peer peer, Hello hello, InputStream in, OutputStream out)
                throws IOException {
            boolean readOnly = hello.fields().size() > 1 && hello.fields().get(1).equals("ro");
            Optional<Caller> caller =
                    keeper.caller(peer, hello.fields().getFirst(), readOnly, "stdio");
            if (caller.isPresent()) {
                keeper.pipe().serve(in, out, caller.get());
            }
        }

        @Override
        public String command(Peer peer, Hello hello) {
            String command = hello.fields().getFirst();
            return HEARD.contains(command)
                    ? new KeeperCommands(keeper).answer(peer, hello.fields())
                    : new JsonMapper()
                            .createObjectNode()
                            .put("exit", ExitCode.NO.number())
                            .put(
                                    "text",
                                    "`"
                                            + command
                                            + "` is for the user that the server runs as: run it as"
                                            + " that user, with its --state")
                            .toString();
        }
    }
}
