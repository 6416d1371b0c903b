package dev.wharfinger.identity;

import com.nimbusds.jose.jwk.JWK;

import dev.wharfinger.persona.PersonaName;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Supplier;

/**
 * Reads the access tokens of one issuer (RFC 9068). A token counts when a key that the issuer
 * publishes has signed exactly it, by an algorithm that is taken, for this server, and it holds
 * now; whatever cannot be seen is a no.
 */
public final class AccessTokens {
    private static final String PERSONA = "persona:";
    private final OauthSettings settings;
    private final IssuerKeys keys;
    private final InstantSource clock;

    /** What came of a token. */
    public sealed interface Reading {
        /** It counts. */
        record Valid(AccessToken token) implements Reading {}

        /** It does not; the reason holds none of its text. */
        record Invalid(String why) implements Reading {}

        /** Nobody can tell: the issuer's keys are not known. */
        record Unsure(String why) implements Reading {}

        /** The issuer must be asked first, which takes up to some seconds. */
        record Asks(Supplier<Reading> issuer) implements Reading {}
    }

    public AccessTokens(OauthSettings settings, InstantSource clock) {
        this.settings = settings;
        this.keys = new IssuerKeys(new IssuerPages(settings), clock);
        this.clock = clock;
    }

    /** Whether a secret is written as a signed token is, and not as one of our own. */
    public static boolean isOne(String secret) {
        return secret.indexOf('.') >= 0;
    }

    /** Fetches the issuer's keys before anybody needs them; false where that was not possible. */
    public boolean prepare() {
        keys.ask("");
        return keys.areKnown();
    }

    /** Reads a token, at once: where the issuer must be asked, the answer says so. */
    public Reading read(String text) {
        try {
            PresentedToken token = PresentedToken.of(text);
            AccessToken claimed = claimed(token);
            if (!keys.mustAsk(token.kid())) {
                return checked(token, claimed);
            }
            return new Reading.Asks(() -> {
                keys.ask(token.kid());
                return checked(token, claimed);
            });
        } catch (TokenInvalid no) {
            return new Reading.Invalid(no.reason());
        }
    }

    private Reading checked(PresentedToken token, AccessToken claimed) {
        if (!keys.areKnown()) {
            return new Reading.Unsure("the issuer's keys cannot be read, so no token can be");
        }
        List<JWK> named = keys.named(token.kid());
        if (named.isEmpty()) {
            return new Reading.Invalid("the issuer has no such key");
        }
        SigningAlgorithm algorithm = token.algorithm();
        boolean signed =
                named.stream()
                        .anyMatch(key ->
                                algorithm.verifies(
                                        key, token.header(), token.signed(), token.signature()));
        return signed
                ? new Reading.Valid(claimed)
                : new Reading.Invalid("the token's signature is not the issuer's");
    }

    /** What it would be if the signature were right. */
    private AccessToken claimed(PresentedToken token) throws TokenInvalid {
        if (!settings.algorithms().contains(token.algorithm())) {
            throw new TokenInvalid("the token's algorithm is not taken");
        }
        TokenClaims claims = token.claims();
        String issuer = settings.issuer().toString();
        if (claims.text("iss").filter(issuer::equals).isEmpty()) {
            throw new TokenInvalid("the token is of another issuer");
        }
        if (claims.audiences().stream().noneMatch(settings::isAudience)) {
            throw new TokenInvalid("the token is for another audience");
        }
        if (claims.all().containsKey("cnf")) {
            throw new TokenInvalid("the token is bound to a key, which cannot be checked here");
        }
        claims.holds(clock.instant());
        String subject =
                claims.text("sub").orElseThrow(() -> new TokenInvalid("the token has no subject"));
        Optional<String> client = claims.text("client_id");
        return new AccessToken(
                issuer,
                subject,
                client.isPresent() ? client.get() : claims.text("azp").orElse(""),
                claims.text(settings.person()).filter(AccessToken::isPerson),
                personas(claims));
    }

    private static List<PersonaName> personas(TokenClaims claims) throws TokenInvalid {
        SequencedSet<String> scopes = new LinkedHashSet<>(claims.words("scope"));
        scopes.addAll(claims.words("scp"));
        var personas = new ArrayList<PersonaName>();
        for (String scope : scopes) {
            String name = scope.startsWith(PERSONA) ? scope.substring(PERSONA.length()) : "";
            if (PersonaName.isName(name)) {
                personas.add(new PersonaName(name));
            }
        }
        return personas;
    }
}
