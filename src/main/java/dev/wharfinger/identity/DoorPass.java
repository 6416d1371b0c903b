package dev.wharfinger.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * A secret beside the keeper's socket that only the keeper's own user can read. Whoever comes as
 * that user shows it: what the keeper builds and tests runs as that user too, may be an agent's
 * work, and can reach the socket, but behind its walls it cannot read this file.
 */
public record DoorPass(String secret) {
    private static final int MOST_BYTES = 256;

    /** A new one for this socket; whatever lay there is replaced. */
    public static DoorPass make(Path socket, RandomGenerator random) throws IOException {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        var pass = new DoorPass(HexFormat.of().formatHex(bytes));
        Path file = file(socket);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, pass.secret, StandardCharsets.US_ASCII);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return pass;
    }

    /** The one beside this socket; nothing where it cannot be read. */
    public static String beside(Path socket) throws IOException {
        Path file = file(socket);
        return Files.isReadable(file) && Files.size(file) <= MOST_BYTES
                ? Files.readString(file, StandardCharsets.US_ASCII)
                : "";
    }

    /** Takes it away, when the socket is. */
    public static void remove(Path socket) throws IOException {
        Files.deleteIfExists(file(socket));
    }

    /** Whether this was shown; takes as long for a wrong one. */
    public boolean is(String shown) {
        return MessageDigest.isEqual(
                secret.getBytes(StandardCharsets.US_ASCII),
                shown.getBytes(StandardCharsets.US_ASCII));
    }

    private static Path file(Path socket) {
        return socket.resolveSibling(socket.getFileName() + ".pass");
    }
}
