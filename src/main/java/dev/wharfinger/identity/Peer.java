package dev.wharfinger.identity;

import dev.wharfinger.persona.Principal;

import jdk.net.ExtendedSocketOptions;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Who is at the other end: the operating system's user, as the kernel says it, never as the other
 * end says it. A user whom the system has no name for is his number.
 */
public record Peer(String user) {
    private static final String ROOT = "root";
    private static final Path SELF = Path.of("/proc/self");

    public Peer {
        if (user.isBlank()) {
            throw new IllegalArgumentException("a peer has a user");
        }
    }

    /** Who is at the other end of a local socket; also the one who listens, seen from there. */
    public static Peer of(SocketChannel channel) throws IOException {
        return new Peer(channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName());
    }

    /** Whose process this is. */
    public static Peer ofThisProcess() {
        String said = System.getProperty("user.name", "");
        try {
            if (isOurs()) {
                return new Peer(Files.getOwner(SELF).getName());
            }
        } catch (IOException | UnsupportedOperationException noProc) {
            return new Peer(said.isBlank() ? "unknown" : said);
        }
        return new Peer(said.isBlank() ? "unknown" : said);
    }

    /** Of a process that must not be looked into, {@code /proc} says that it is root's. */
    private static boolean isOurs() throws IOException {
        Object owner = Files.getAttribute(SELF, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        return Files.readString(SELF.resolve("status"), StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith("Uid:"))
                .anyMatch(line -> line.split("\\s+")[2].equals(owner.toString()));
    }

    /** Whether it is the system's own, whom no wall stops. */
    public boolean isRoot() {
        return user.equals(ROOT);
    }

    /** The principal of calls from this peer. */
    public Principal principal() {
        return Principal.local(user);
    }
}
