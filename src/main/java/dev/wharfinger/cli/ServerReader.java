package dev.wharfinger.cli;

import dev.wharfinger.call.CallBudget;
import dev.wharfinger.identity.OauthSettings;
import dev.wharfinger.identity.SigningAlgorithm;
import dev.wharfinger.server.ServerSettings;
import dev.wharfinger.server.ServerSettings.Webhook;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads {@code server}: how it is reached, whom it tells, whose access tokens let in. */
final class ServerReader {
    private ServerReader() {}

    static ServerSettings read(Optional<Setting> setting) throws ConfigError {
        if (setting.isEmpty()) {
            return new ServerSettings(
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    CallBudget.USUAL,
                    Optional.empty());
        }
        var keys = setting.get().keys("url", "proxy", "notify", "oauth", "calls", "socket");
        Optional<URI> url = url(keys, "url");
        List<String> proxies = List.of();
        if (keys.containsKey("proxy")) {
            proxies = keys.get("proxy").texts();
        }
        Optional<Webhook> webhook = Optional.empty();
        if (keys.containsKey("notify")) {
            webhook = Optional.of(webhook(keys.get("notify")));
        }
        Optional<OauthSettings> oauth = Optional.empty();
        if (keys.containsKey("oauth")) {
            oauth = Optional.of(oauth(keys.get("oauth"), url));
        }
        int calls = CallBudget.USUAL;
        if (keys.containsKey("calls")) {
            calls = keys.get("calls").wholeNumber(1, ServerSettings.MOST_CALLS);
        }
        Optional<Path> socket = Optional.empty();
        if (keys.containsKey("socket")) {
            socket = Optional.of(socket(keys.get("socket")));
        }
        var networks = proxies;
        var notified = webhook;
        var issuer = oauth;
        var budget = calls;
        var door = socket;
        return setting.get()
                .checked(() -> new ServerSettings(url, networks, notified, issuer, budget, door));
    }

    private static Optional<URI> url(SequencedMap<String, Setting> keys, String name)
            throws ConfigError {
        Setting setting = keys.get(name);
        return setting == null ? Optional.empty() : Optional.of(setting.url());
    }

    private static Webhook webhook(Setting setting) throws ConfigError {
        var keys = setting.keys("webhook", "secret");
        Optional<String> secret =
                keys.containsKey("secret")
                        ? Optional.of(keys.get("secret").text())
                        : Optional.empty();
        URI told = setting.needed("webhook").url();
        return setting.checked(() -> new Webhook(told, secret));
    }

    /** Without an audience of its own, a token is for the address of this server's MCP. */
    private static OauthSettings oauth(Setting setting, Optional<URI> outside) throws ConfigError {
        var keys = setting.keys("issuer", "jwks", "audience", "algorithms", "person");
        URI issuer = setting.needed("issuer").url();
        Optional<URI> jwks = url(keys, "jwks");
        Optional<URI> audience = url(keys, "audience");
        if (audience.isEmpty()) {
            audience = outside.map(ServerReader::mcp);
        }
        if (audience.isEmpty()) {
            throw setting.error(
                    "names no `audience`, and `server.url` is not there to take it from");
        }
        List<SigningAlgorithm> algorithms =
                keys.containsKey("algorithms")
                        ? algorithms(keys.get("algorithms"))
                        : SigningAlgorithm.USUAL;
        String person =
                keys.containsKey("person") ? keys.get("person").text() : OauthSettings.SUBJECT;
        URI resource = audience.get();
        return setting.checked(() -> new OauthSettings(issuer, jwks, resource, algorithms, person));
    }

    private static URI mcp(URI outside) {
        return URI.create(outside.toString().replaceFirst("/$", "") + "/mcp");
    }

    private static List<SigningAlgorithm> algorithms(Setting setting) throws ConfigError {
        List<String> known =
                Arrays.stream(SigningAlgorithm.values()).map(SigningAlgorithm::word).toList();
        var algorithms = new ArrayList<SigningAlgorithm>();
        for (Setting each : setting.items()) {
            String word = each.text();
            Optional<SigningAlgorithm> found = SigningAlgorithm.of(word);
            if (found.isEmpty()) {
                throw each.error(Setting.unknown("unknown value", word, known));
            }
            algorithms.add(found.get());
        }
        return algorithms;
    }

    /** A socket's address holds no more than a hundred bytes or so. */
    private static Path socket(Setting setting) throws ConfigError {
        Path path = setting.parsed(Path::of);
        if (!path.isAbsolute() || !path.normalize().equals(path) || setting.text().length() > 100) {
            throw setting.error("a socket is an absolute path of at most 100 characters");
        }
        return path;
    }
}
