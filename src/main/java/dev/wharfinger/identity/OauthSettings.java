package dev.wharfinger.identity;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whose access tokens are taken, and for what, as {@code wharf.yaml} declares it.
 *
 * @param issuer as it stands in the tokens, to the letter
 * @param jwks where the issuer's keys are, where its metadata is not to be asked
 * @param audience this server, as the issuer's tokens name it: RFC 8707's resource
 * @param person the claim that names the human for whom an agent works
 */
public record OauthSettings(
        URI issuer,
        Optional<URI> jwks,
        URI audience,
        List<SigningAlgorithm> algorithms,
        String person) {
    /** The claim that names the human where nothing else was said. */
    public static final String SUBJECT = "sub";

    private static final List<String> HERE = List.of("localhost", "127.0.0.1", "[::1]");

    public OauthSettings {
        algorithms = List.copyOf(algorithms);
        demand(isFetchable(issuer), "issuer", issuer);
        demand(issuer.getQuery() == null, "issuer", issuer);
        jwks.ifPresent(keys -> demand(isFetchable(keys), "jwks", keys));
        audience = canonical(audience);
        demand(!audience.toString().endsWith("/"), "audience", audience);
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("no algorithm is named, so no token would be taken");
        }
        if (!person.matches("[A-Za-z0-9_.:/-]{1,128}")) {
            throw new IllegalArgumentException("not a claim's name: `" + person + "`");
        }
    }

    private static void demand(boolean sound, String what, URI uri) {
        if (!sound) {
            throw new IllegalArgumentException(
                    "`"
                            + uri
                            + "` is no "
                            + what
                            + ": https://…, or http:// on this machine, without user or fragment"
                            + (what.equals("audience") ? ", and without a slash at the end" : ""));
        }
    }

    /** Whether that may be asked: encrypted, or on this machine. */
    static boolean isFetchable(URI uri) {
        boolean secured = "https".equals(uri.getScheme());
        return uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && (secured || isHere(uri));
    }

    /** Whether that is plain HTTP to this machine. */
    static boolean isHere(URI uri) {
        return "http".equals(uri.getScheme()) && HERE.contains(String.valueOf(uri.getHost()));
    }

    /** Whether a token's audience is this server; its scheme and host may be in upper case. */
    boolean isAudience(String text) {
        if (text.equals(audience.toString())) {
            return true;
        }
        try {
            return canonical(URI.create(text)).equals(audience);
        } catch (IllegalArgumentException other) {
            return false;
        }
    }

    /** With scheme and host in lower case, and all else as it was. */
    private static URI canonical(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("https") || scheme.equals("http");
        demand(web && uri.getHost() != null, "audience", uri);
        demand(uri.getRawUserInfo() == null && uri.getRawFragment() == null, "audience", uri);
        String authority = uri.getRawAuthority().toLowerCase(Locale.ROOT);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create(scheme + "://" + authority + uri.getRawPath() + query);
    }
}
