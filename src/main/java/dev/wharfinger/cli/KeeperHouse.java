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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A keeper with its door to the street: the socket on which other processes of the project come in.
 */
final class KeeperHouse implements AutoCloseable {
    private final Keeper keeper;
    private final FutureTask<KeeperSocket> socket;

    private KeeperHouse(Keeper keeper, FutureTask<KeeperSocket> socket) {
        this.keeper = keeper;
        this.socket = socket;
    }

    /** Becomes the keeper of a log that is what was signed, and listens. */
    static KeeperHouse open(ProjectFolder folder) throws IOException, JournalRefused {
        KeeperHouse house = openAhead(folder);
        try {
            house.keeper().awaitVerified();
            house.awaitOpen();
            return house;
        } catch (IOException | JournalRefused | RuntimeException e) {
            house.close();
            throw e;
        }
    }

    /**
     * The same while the log is still being verified and the door is still being opened: {@link
     * Keeper#awaitVerified} and {@link #awaitOpen} tell the end. Who comes too early tries again.
     */
    static KeeperHouse openAhead(ProjectFolder folder) throws IOException, JournalRefused {
        Keeper keeper = Keeper.open(folder);
        var socket =
                new FutureTask<>(() ->
                        KeeperSocket.listen(
                                folder.state().socket(),
                                new House(keeper),
                                Files::deleteIfExists,
                                KeeperHouse::narrow));
        Thread.ofPlatform().daemon().name("wharf-door").start(socket);
        return new KeeperHouse(keeper, socket);
    }

    /** Waits until others can come in. */
    void awaitOpen() throws IOException {
        opened();
    }

    private KeeperSocket opened() throws IOException {
        try {
            return socket.get();
        } catch (ExecutionException e) {
            throw new IOException("the keeper's socket cannot be opened", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the keeper's socket was opened", e);
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
        try (keeper;
                var open = opened()) {
            Files.deleteIfExists(keeper.folder().state().socket());
        }
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
