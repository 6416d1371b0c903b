package dev.wharfinger.tool;

import dev.wharfinger.approval.Approvers;
import dev.wharfinger.persona.Principal;

import java.util.Optional;

/**
 * Which person asks: the one for whom the credential was made; where nobody said that, the
 * operating system's user, as the approvers know him.
 */
final class Requester {
    private Requester() {}

    static Optional<String> of(Principal principal, Approvers approvers) {
        return principal
                .person()
                .or(() -> principal.localUser().map(user -> named(user, approvers)))
                .or(() -> Optional.of(principal.value()));
    }

    private static String named(String user, Approvers approvers) {
        return approvers.all().stream()
                .filter(one -> one.aliases().contains(user))
                .map(one -> one.name().value())
                .findFirst()
                .orElse(user);
    }
}
