package dev.wharfinger.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A file of somebody else's program below a folder that we know. It is read and written only where
 * no link stands between the two, and replaced at once or not at all.
 *
 * @param base a folder with its links resolved: the project's root, the user's home
 */
record ForeignFile(Path base, Path file) {
    private static final long SIZE_LIMIT = 4L << 20;

    ForeignFile {
        if (!file.startsWith(base) || file.equals(base)) {
            throw new IllegalArgumentException(file + " is not below " + base);
        }
    }

    /** Why it must not be touched; empty where nothing speaks against it. */
    Optional<String> problem() {
        Path at = base;
        for (Path part : base.relativize(file)) {
            at = at.resolve(part);
            if (Files.isSymbolicLink(at)) {
                return Optional.of(at + " is a link to " + target(at));
            }
        }
        if (Files.exists(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of("it is no regular file");
        }
        return Optional.empty();
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException unreadable) {
            return "somewhere";
        }
    }

    /**
     * What it holds; empty where it is missing.
     *
     * @throws IOException where it cannot be read, is larger than settings are, or is not UTF-8
     */
    Optional<String> read() throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (Files.size(file) > SIZE_LIMIT) {
            throw new IOException("it is larger than 4 MiB");
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException other) {
            throw new IOException("it is not UTF-8", other);
        }
    }

    /** Makes the text the file, with the permissions that it had; missing folders are made. */
    void replace(String text) throws IOException {
        Path above = file.toAbsolutePath().getParent();
        Files.createDirectories(above == null ? base : above);
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        Path temp = file.resolveSibling(".wharf-" + HexFormat.of().formatHex(random) + ".tmp");
        try {
            try (var channel =
                    FileChannel.open(
                            temp, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    Set<PosixFilePermission> before =
                            Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
                    Files.setPosixFilePermissions(temp, before);
                }
                var bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temp);
        }
    }

    void delete() throws IOException {
        Files.delete(file);
    }
}
