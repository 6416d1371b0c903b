package dev.wharfinger.tool;

import dev.wharfinger.approval.Approvers;
import dev.wharfinger.persona.Principal;

import java.util.Optional;

/** Which person asks: over stdio the operating system's user, with a token whoever it is for. */
final class Requester {
    private static final String LOCAL = "local:";

    private Requester() {}

    static Optional<String> of(Principal principal, Approvers approvers) {
        String value = principal.value();
        return Optional.of(value.startsWith(LOCAL) ? value.substring(LOCAL.length()) : value);
    }
}
