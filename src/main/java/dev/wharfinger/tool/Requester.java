package dev.wharfinger.tool;

import dev.wharfinger.approval.Approvers;
import dev.wharfinger.persona.Principal;

import java.util.Optional;

/**
 * Which person asks, as the approvers know him: the one for whom the credential was made; where
 * nobody said that, the operating system's user.
 */
final class Requester {
    private Requester() {}

    static Optional<String> of(Principal principal, Approvers approvers) {
        return principal
                .person()
                .or(principal::localUser)
                .map(name -> named(name, approvers))
                .or(() -> Optional.of(principal.value()));
    }

    /** A name of an approver is nobody's alias. */
    private static String named(String name, Approvers approvers) {
        if (approvers.all().stream().anyMatch(one -> one.name().value().equals(name))) {
            return name;
        }
        return approvers.all().stream()
                .filter(one -> one.aliases().contains(name))
                .map(one -> one.name().value())
                .findFirst()
                .orElse(name);
    }
}
