package dev.wharfinger.cli;

import dev.wharfinger.call.Caller;
import dev.wharfinger.identity.Peer;
import dev.wharfinger.journal.JournalRefused;
import dev.wharfinger.server.Hello;
import dev.wharfinger.server.KeeperSocket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A keeper with its door to the street: the socket on which other processes of the project come in.
 */
final class KeeperHouse implements AutoCloseable {
    private final Keeper keeper;
    private final KeeperSocket socket;

    private KeeperHouse(Keeper keeper, KeeperSocket socket) {
        this.keeper = keeper;
        this.socket = socket;
    }

    /** Becomes the keeper of a log that is what was signed, and listens. */
    static KeeperHouse open(ProjectFolder folder) throws IOException, JournalRefused {
        KeeperHouse house = openAhead(folder);
        try {
            house.keeper().awaitVerified();
            return house;
        } catch (IOException | JournalRefused | RuntimeException e) {
            house.close();
            throw e;
        }
    }

    /**
     * The same while the log is still being verified; {@link Keeper#awaitVerified} tells the end.
     */
    static KeeperHouse openAhead(ProjectFolder folder) throws IOException, JournalRefused {
        Keeper keeper = Keeper.open(folder);
        try {
            var socket =
                    KeeperSocket.listen(
                            folder.state().socket(),
                            new House(keeper),
                            Files::deleteIfExists,
                            KeeperHouse::narrow);
            return new KeeperHouse(keeper, socket);
        } catch (IOException | RuntimeException e) {
            keeper.close();
            throw e;
        }
    }

    private static void narrow(Path socket) throws IOException {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    }

    Keeper keeper() {
        return keeper;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(keeper.folder().state().socket());
        socket.close();
        keeper.close();
    }

    /** What the keeper does with those who come. */
    private record House(Keeper keeper) implements KeeperSocket.Reception {
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
            return new KeeperCommands(keeper).answer(peer, hello.fields());
        }
    }
}
