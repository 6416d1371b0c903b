package dev.wharfinger.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;

/**
 * What an issuer publishes: its metadata (RFC 8414, else OpenID's) and its keys. Only addresses
 * that the configuration or that metadata names are asked; each within two seconds, up to 256 KiB,
 * and nobody is followed elsewhere.
 */
final class IssuerPages {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int MOST_BYTES = 256 << 10;
    private static final int MOST_KEYS = 100;
    private static final String METADATA = "/.well-known/oauth-authorization-server";
    private static final String OPENID = "/.well-known/openid-configuration";

    private final OauthSettings settings;

    IssuerPages(OauthSettings settings) {
        this.settings = settings;
    }

    /** The keys as they are published now; those of a kind that nobody here knows are left out. */
    List<JWK> keys() throws IOException {
        URI place = settings.jwks().isPresent() ? settings.jwks().get() : published();
        Map<String, Object> set =
                page(place).orElseThrow(() -> new IOException(place + " is not there"));
        if (!(set.get("keys") instanceof List<?> all) || all.size() > MOST_KEYS) {
            throw new IOException(place + " is no set of at most " + MOST_KEYS + " keys");
        }
        var keys = new ArrayList<JWK>();
        for (Object one : all) {
            key(one).ifPresent(keys::add);
        }
        return keys;
    }

    @SuppressWarnings("unchecked")
    private static Optional<JWK> key(Object one) {
        if (!(one instanceof Map<?, ?> members)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JWK.parse((Map<String, Object>) members).toPublicJWK());
        } catch (ParseException | RuntimeException unsound) {
            Logger.getLogger(IssuerPages.class.getName())
                    .fine("a key of the issuer is left out: " + unsound.getMessage());
            return Optional.empty();
        }
    }

    /** Where the issuer's metadata says that its keys are. */
    private URI published() throws IOException {
        for (URI place : places(settings.issuer())) {
            Optional<Map<String, Object>> metadata = page(place);
            if (metadata.isEmpty()) {
                continue;
            }
            if (!settings.issuer().toString().equals(metadata.get().get("issuer"))) {
                throw new IOException(place + " is of another issuer");
            }
            return jwks(place, String.valueOf(metadata.get().get("jwks_uri")));
        }
        throw new IOException(settings.issuer() + " publishes no metadata; name `jwks`");
    }

    /** An issuer elsewhere names nothing on this machine. */
    private URI jwks(URI place, String named) throws IOException {
        try {
            URI keys = URI.create(named);
            boolean inside = OauthSettings.isHere(keys) && !OauthSettings.isHere(place);
            if (OauthSettings.isFetchable(keys) && !inside) {
                return keys;
            }
        } catch (IllegalArgumentException unreadable) {
            throw new IOException(place + " names no address of keys", unreadable);
        }
        throw new IOException(place + " names keys at a place that is not asked");
    }

    static List<URI> places(URI issuer) {
        String path = issuer.getRawPath().replaceFirst("/$", "");
        var places = new LinkedHashSet<URI>();
        places.add(issuer.resolve(METADATA + path));
        places.add(issuer.resolve(OPENID + path));
        places.add(issuer.resolve(path + OPENID));
        return List.copyOf(places);
    }

    /** A JSON object; nothing where the answer is not 200. */
    private static Optional<Map<String, Object>> page(URI place) throws IOException {
        HttpResponse<byte[]> response = response(place);
        if (response.statusCode() != 200) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    JSONObjectUtils.parse(new String(response.body(), StandardCharsets.UTF_8)));
        } catch (ParseException | RuntimeException unreadable) {
            throw new IOException(place + " is no JSON object");
        }
    }

    private static HttpResponse<byte[]> response(URI place) throws IOException {
        HttpClient http =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(LIMIT)
                        .build();
        try {
            return http.sendAsync(
                            HttpRequest.newBuilder(place)
                                    .timeout(LIMIT)
                                    .header("Accept", "application/json")
                                    .build(),
                            HttpResponse.BodyHandlers.limiting(
                                    HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES))
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(place + ": " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(place + " takes longer than " + LIMIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + place + " was asked", e);
        } finally {
            http.shutdownNow();
        }
    }
}
