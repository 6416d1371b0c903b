package dev.wharfinger.identity;

import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;

import java.util.List;
import java.util.Optional;

/**
 * What an issuer's token says, once it is known to be the issuer's, for this server, and holding.
 *
 * @param client the program to which the issuer gave it; empty where it does not say
 * @param person the human for whom it acts; empty where no name stands in the claim for that
 * @param personas those of its scopes that are {@code persona:NAME}, each once
 */
public record AccessToken(
        String issuer,
        String subject,
        String client,
        Optional<String> person,
        List<PersonaName> personas) {
    public AccessToken {
        personas = List.copyOf(personas);
    }

    /** Whether a human may be called that: a name, an address, or the number of an account. */
    static boolean isPerson(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9._@+:|/=-]{0,99}");
    }

    /** The principal of calls with it, working for that human. */
    public Principal principal(String human) {
        return Principal.oauth(subject, human);
    }

    /** Tells it from the same subject's tokens for other programs, and from other issuers'. */
    public String holder() {
        return "oauth " + issuer + " " + client;
    }
}
