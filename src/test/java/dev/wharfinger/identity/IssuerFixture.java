package dev.wharfinger.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An issuer on a port of this machine: its metadata, its keys, and who asked for what. */
public final class IssuerFixture implements AutoCloseable {
    /** How a page of it is answered. */
    @FunctionalInterface
    public interface Answer {
        /** Sends the whole answer. */
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final Map<String, Answer> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private ECKey key = ec("k1", Curve.P_256);

    public IssuerFixture() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        String metadata =
                "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/jwks\"}".formatted(issuer(), issuer());
        page("/.well-known/oauth-authorization-server", json(metadata));
        publish(key);
    }

    /** A new key on that curve. */
    public static ECKey ec(String id, Curve curve) {
        try {
            return new ECKeyGenerator(curve).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A page of that JSON. */
    public static Answer json(String text) {
        return exchange -> {
            byte[] body = text.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        };
    }

    /** No page, with that status. */
    public static Answer status(int status) {
        return exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        };
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        pages.getOrDefault(path, status(404)).to(exchange);
    }

    /** Answers so from now on. */
    public void page(String path, Answer answer) {
        pages.put(path, answer);
    }

    /** These are its keys from now on. */
    public void publish(JWK... keys) {
        page("/jwks", json(new JWKSet(List.of(keys)).toString(true)));
    }

    /** A key of its own from now on, the only one. */
    public ECKey rotate(String id) {
        key = ec(id, Curve.P_256);
        publish(key);
        return key;
    }

    /** How often that page was asked for. */
    public long asked(String path) {
        return asked.stream().filter(path::equals).count();
    }

    /** Its name in tokens. */
    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Its settings for a server of that name. */
    public OauthSettings settings(String audience) {
        return new OauthSettings(
                URI.create(issuer()),
                Optional.empty(),
                URI.create(audience),
                SigningAlgorithm.USUAL,
                OauthSettings.SUBJECT);
    }

    /** A token of its own that counts, to be changed. */
    public TokenDraft token(String audience, long now) {
        return new TokenDraft(key, JWSAlgorithm.ES256)
                .with("iss", issuer())
                .with("aud", audience)
                .with("sub", "anna")
                .with("client_id", "cli")
                .with("scope", "persona:deploy")
                .with("iat", now)
                .with("exp", now + 300);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
