package dev.wharfinger.cli;

import dev.wharfinger.call.Caller;
import dev.wharfinger.identity.AccessTokens;
import dev.wharfinger.identity.SecretHash;
import dev.wharfinger.identity.Token;
import dev.wharfinger.identity.TokenFile;
import dev.wharfinger.mcp.Headers;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.server.Admission;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Lets in whoever carries a token that holds: the one of this start, one that was made, or an
 * issuer's. The token decides persona and principal; nothing else of the request does.
 */
final class TokenAdmission implements Admission {
    private static final String BEARER = "Bearer ";
    private static final Pattern OTHER = Pattern.compile("(?i)(?!bearer\\b)[a-z0-9-]+ .+");
    private final TokenFile tokens;
    private final Token ofThisStart;
    private final InstantSource clock;
    private final OauthAdmission.Callers callers;
    private final Challenges challenges;
    private final Optional<OauthAdmission> oauth;

    /** Whose tokens were shown: at most all that there ever were. */
    private final Map<Token, Optional<Caller>> admitted = new ConcurrentHashMap<>();

    TokenAdmission(
            TokenFile tokens,
            Token ofThisStart,
            InstantSource clock,
            OauthAdmission.Callers callers,
            Challenges challenges,
            Optional<OauthAdmission> oauth) {
        this.tokens = tokens;
        this.ofThisStart = ofThisStart;
        this.clock = clock;
        this.callers = callers;
        this.challenges = challenges;
        this.oauth = oauth;
    }

    /** The token that a server makes for itself when it starts; it ends with the process. */
    static Token forThisStart(String secret, String person) {
        return new Token(
                "start",
                new PersonaName("deploy"),
                person,
                new Token.Shown.BySecret(SecretHash.of(secret)),
                Optional.empty());
    }

    @Override
    public Decision admit(Headers headers) {
        List<String> fields = headers.all("Authorization");
        if (fields.isEmpty()) {
            return challenges.missing();
        }
        if (oauth.isPresent() && fields.size() == 1 && OTHER.matcher(fields.getFirst()).matches()) {
            return challenges.missing();
        }
        String secret = fields.size() == 1 ? bearer(fields.getFirst()) : "";
        if (secret.isEmpty()) {
            return challenges.malformed();
        }
        return oauth.isPresent() && AccessTokens.isOne(secret)
                ? oauth.get().admit(secret)
                : own(secret);
    }

    /** The one word behind {@code Bearer}; empty where there is none, or more than one. */
    private static String bearer(String field) {
        if (!field.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return "";
        }
        int from = BEARER.length();
        int to = field.length();
        while (from < to && field.charAt(from) == ' ') {
            from++;
        }
        while (to > from && field.charAt(to - 1) == ' ') {
            to--;
        }
        for (int i = from; i < to; i++) {
            if (Character.isWhitespace(field.charAt(i))) {
                return "";
            }
        }
        return field.substring(from, to);
    }

    /** A token that was made here. */
    private Decision own(String secret) {
        Optional<Token> token;
        try {
            SecretHash hash = SecretHash.of(secret);
            token = ofThisStart.isOf(hash) ? Optional.of(ofThisStart) : tokens.ofHash(hash);
        } catch (IOException e) {
            return new Decision.Denied(503, "", "the tokens cannot be read");
        }
        if (token.isEmpty()) {
            return challenges.invalid("this token is unknown or was revoked");
        }
        if (!token.get().holds(clock.instant())) {
            return challenges.invalid("this token has expired");
        }
        return admitted.computeIfAbsent(token.get(), this::caller)
                .<Decision>map(Decision.Admitted::new)
                .orElseGet(
                        () -> new Decision.Denied(403, "", "the token's persona is unknown here"));
    }

    private Optional<Caller> caller(Token token) {
        return callers.of(token.principal(), token.persona(), "http");
    }
}
