package dev.wharfinger.identity;

import dev.wharfinger.persona.Principal;

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

    /** The principal of calls from this peer. */
    public Principal principal() {
        return Principal.local(user);
    }
}
