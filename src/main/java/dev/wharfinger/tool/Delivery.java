package dev.wharfinger.tool;

import dev.wharfinger.persona.Principal;

import java.util.Optional;

/**
 * How a decision came in.
 *
 * @param by whose connection brought it: no authority, only recorded
 * @param page at which of this server's own pages it was made; nothing where it came from a
 *     terminal
 */
public record Delivery(Principal by, Optional<String> page) {
    /** From a command, here or far away. */
    public static Delivery terminal(Principal by) {
        return new Delivery(by, Optional.empty());
    }

    /** From this server's page of this origin, which the transport has seen itself. */
    public static Delivery page(Principal by, String origin) {
        return new Delivery(by, Optional.of(origin));
    }
}
