package dev.wharfinger.cli;

import dev.wharfinger.identity.DoorPass;
import dev.wharfinger.server.KeeperSocket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** A socket at which a keeper is met, with its pass; both are taken away when it is closed. */
record Door(Path path, KeeperSocket socket) implements AutoCloseable {
    /** Listens; the pass lies there before the socket does, for whoever is quick. */
    static Door open(Path path, String mode, Keeper keeper) throws IOException {
        DoorPass pass = DoorPass.make(path, new SecureRandom());
        return new Door(
                path,
                KeeperSocket.listen(
                        path,
                        Visitors.of(keeper, pass),
                        Files::deleteIfExists,
                        at ->
                                Files.setPosixFilePermissions(
                                        at, PosixFilePermissions.fromString(mode))));
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        DoorPass.remove(path);
        socket.close();
    }
}
