package dev.wharfinger.cli;

import dev.wharfinger.call.Caller;
import dev.wharfinger.identity.Token;
import dev.wharfinger.identity.TokenFile;
import dev.wharfinger.mcp.Headers;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.server.Admission;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets in whoever carries a token that holds: the one of this start, or one that was made. The
 * token decides persona and principal; nothing else of the request does.
 */
final class TokenAdmission implements Admission {
    private static final String BEARER = "bearer ";
    private static final String CHALLENGE = "Bearer realm=\"wharfinger\"";
    private final TokenFile tokens;
    private final Token ofThisStart;
    private final InstantSource clock;
    private final Function<Token, Optional<Caller>> callers;

    TokenAdmission(
            TokenFile tokens,
            Token ofThisStart,
            InstantSource clock,
            Function<Token, Optional<Caller>> callers) {
        this.tokens = tokens;
        this.ofThisStart = ofThisStart;
        this.clock = clock;
        this.callers = callers;
    }

    /** The token that a server makes for itself when it starts; it ends with the process. */
    static Token forThisStart(String secret, String person) {
        return new Token(
                "start",
                new PersonaName("deploy"),
                person,
                new Token.Shown.BySecret(Token.hash(secret)),
                Optional.empty());
    }

    @Override
    public Decision admit(Headers headers) {
        List<String> fields = headers.all("Authorization");
        if (fields.isEmpty()) {
            return new Decision.Denied(401, CHALLENGE, "a bearer token is needed");
        }
        String field = fields.getFirst();
        if (fields.size() > 1 || !field.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return invalid("send one Authorization: Bearer TOKEN");
        }
        String secret = field.substring(BEARER.length()).strip();
        Optional<Token> token;
        try {
            token =
                    ofThisStart.shown().equals(new Token.Shown.BySecret(Token.hash(secret)))
                            ? Optional.of(ofThisStart)
                            : tokens.of(secret);
        } catch (IOException e) {
            return new Decision.Denied(503, "", "the tokens cannot be read");
        }
        if (token.isEmpty()) {
            return invalid("this token is unknown or was revoked");
        }
        if (!token.get().holds(clock.instant())) {
            return invalid("this token has expired");
        }
        return callers.apply(token.get())
                .<Decision>map(Decision.Admitted::new)
                .orElseGet(
                        () -> new Decision.Denied(403, "", "the token's persona is unknown here"));
    }

    private static Decision invalid(String why) {
        return new Decision.Denied(401, CHALLENGE + ", error=\"invalid_token\"", why);
    }
}
