package dev.wharfinger.server;

import dev.wharfinger.identity.OauthSettings;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the HTTP server is reached and whom it tells, as {@code wharf.yaml} declares it.
 *
 * @param url where people and clients reach it from outside
 * @param proxies networks (CIDR) whose forwarding headers are believed
 * @param oauth whose access tokens let in, beside the tokens that are made here
 * @param calls calls a second that one caller may send for long
 * @param socket where a server under a user of its own is met, if not at the usual place
 */
public record ServerSettings(
        Optional<URI> url,
        List<String> proxies,
        Optional<Webhook> webhook,
        Optional<OauthSettings> oauth,
        int calls,
        Optional<Path> socket) {
    /** What {@code calls} may be at most. */
    public static final int MOST_CALLS = 1_000_000;

    /** Who is told when something waits for a human; the secret signs each message. */
    public record Webhook(URI url, Optional<String> secret) {
        public Webhook {
            String host = String.valueOf(url.getHost());
            boolean here = List.of("localhost", "127.0.0.1", "[::1]").contains(host);
            boolean secured = "https".equals(url.getScheme());
            if (!secured && !("http".equals(url.getScheme()) && here)) {
                throw new IllegalArgumentException(
                        "a webhook is an https:// address, or http:// on this machine: `"
                                + url
                                + "`");
            }
        }

        /** Never shows the secret. */
        @Override
        public String toString() {
            return "Webhook[" + url + "]";
        }
    }

    public ServerSettings {
        proxies = List.copyOf(proxies);
        proxies.forEach(Network::of);
        if (calls < 1 || calls > MOST_CALLS) {
            throw new IllegalArgumentException(
                    "`calls` is a number from 1 to " + MOST_CALLS + ": `" + calls + "`");
        }
        url.filter(address -> !isSite(address))
                .ifPresent(address -> {
                    throw new IllegalArgumentException(
                            "`" + address + "` is no http(s)://HOST[:PORT] without a path");
                });
    }

    /** The same, but nobody elsewhere says who comes in. */
    public ServerSettings withoutOauth() {
        return new ServerSettings(url, proxies, webhook, Optional.empty(), calls, socket);
    }

    /** Pages and MCP stand at the root of a name. */
    private static boolean isSite(URI url) {
        String scheme = String.valueOf(url.getScheme());
        String path = String.valueOf(url.getPath());
        return scheme.matches("https?")
                && url.getHost() != null
                && url.getUserInfo() == null
                && path.matches("/?")
                && url.getQuery() == null;
    }
}
