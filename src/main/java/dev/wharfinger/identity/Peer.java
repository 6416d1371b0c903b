package dev.wharfinger.identity;

import dev.wharfinger.persona.Principal;

import jdk.net.ExtendedSocketOptions;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * Who is at the other end: the operating system's user, as the kernel or this process's own start
 * says it, never as the other end says it.
 */
public record Peer(String user) {
    public Peer {
        if (user.isBlank()) {
            throw new IllegalArgumentException("a peer has a user");
        }
    }

    /** Who is at the other end of a local socket, as the kernel says. */
    public static Peer of(SocketChannel channel) throws IOException {
        return new Peer(channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName());
    }

    /** The principal of calls from this peer. */
    public Principal principal() {
        return Principal.local(user);
    }
}
