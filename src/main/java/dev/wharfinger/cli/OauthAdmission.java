package dev.wharfinger.cli;

import dev.wharfinger.call.Caller;
import dev.wharfinger.identity.AccessToken;
import dev.wharfinger.identity.AccessTokens;
import dev.wharfinger.identity.AccessTokens.Reading;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.server.Admission.Decision;
import dev.wharfinger.server.Admission.Decision.Denied;

import java.util.List;
import java.util.Optional;

/**
 * Lets in whoever carries an access token of the issuer with exactly one {@code persona:NAME} that
 * is known here: the issuer decided the persona, and no request can choose among several.
 */
final class OauthAdmission {
    /** Who calls, where there is such a persona. */
    @FunctionalInterface
    interface Callers {
        Optional<Caller> of(Principal principal, PersonaName persona, String client);
    }

    private final AccessTokens tokens;
    private final String personClaim;
    private final Challenges challenges;
    private final Callers callers;

    OauthAdmission(
            AccessTokens tokens, String personClaim, Challenges challenges, Callers callers) {
        this.tokens = tokens;
        this.personClaim = personClaim;
        this.challenges = challenges;
        this.callers = callers;
    }

    Decision admit(String token) {
        Reading reading = tokens.read(token);
        return reading instanceof Reading.Asks(var issuer)
                ? new Decision.Later(() -> settled(issuer.get()))
                : settled(reading);
    }

    private Decision.Settled settled(Reading reading) {
        return switch (reading) {
            case Reading.Valid(var token) -> persona(token);
            case Reading.Invalid(var why) -> challenges.invalid(why);
            case Reading.Unsure(var why) -> new Denied(503, "", why);
            case Reading.Asks(var issuer) -> settled(issuer.get());
        };
    }

    private Decision.Settled persona(AccessToken token) {
        if (token.person().isEmpty()) {
            return new Denied(403, "", "the token names no person in `" + personClaim + "`");
        }
        Principal principal = token.principal(token.person().get());
        List<Caller> known =
                token.personas().stream()
                        .flatMap(name -> callers.of(principal, name, token.holder()).stream())
                        .toList();
        return switch (known.size()) {
            case 0 -> challenges.insufficient("the token has no persona scope that is known here");
            case 1 -> new Decision.Admitted(known.getFirst());
            default -> challenges.insufficient("the token has several personas: ask for one scope");
        };
    }
}
