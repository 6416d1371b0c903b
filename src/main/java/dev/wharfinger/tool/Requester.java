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
        if (!value.startsWith(LOCAL)) { // token:NAME@PERSON
            return Optional.of(value.substring(value.lastIndexOf('@') + 1));
        }
        String user = value.substring(LOCAL.length());
        return approvers.all().stream()
                .filter(one -> one.aliases().contains(user))
                .map(one -> one.name().value())
                .findFirst()
                .or(() -> Optional.of(user));
    }
}
