package dev.wharfinger.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.console.Ask;
import dev.wharfinger.console.Page;
import dev.wharfinger.console.Site;
import dev.wharfinger.identity.OauthSettings;
import dev.wharfinger.server.ServerSettings;
import dev.wharfinger.shift.JsonTree;

import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.util.Optional;

/**
 * Where a client without a token learns whom to ask for one (RFC 9728). One scope is listed, since
 * clients ask for all that are, and a token is one persona.
 */
record OauthPages(OauthSettings oauth, String project) implements Site {
    private static final String PLACE = "/.well-known/oauth-protected-resource";
    private static final String OF_MCP = PLACE + "/mcp";

    /** The address of that page, where these settings take access tokens. */
    static Optional<URI> address(ServerSettings settings) {
        return settings.oauth()
                .map(oauth -> settings.url().orElse(oauth.audience()).resolve(OF_MCP));
    }

    @Override
    public Page answer(Ask ask) {
        if (!ask.path().equals(PLACE) && !ask.path().equals(OF_MCP)) {
            return Page.text(404, "nothing is served here\n");
        }
        if (!ask.method().equals("GET")) {
            return Page.text(405, "the metadata is read with GET\n").with("Allow", "GET");
        }
        return Page.of(200, "application/json", metadata().toString().getBytes(UTF_8));
    }

    private ObjectNode metadata() {
        ObjectNode metadata = JsonTree.object().put("resource", oauth.audience().toString());
        metadata.putArray("authorization_servers").add(oauth.issuer().toString());
        metadata.putArray("scopes_supported").add(Challenges.SCOPE);
        metadata.putArray("bearer_methods_supported").add("header");
        return metadata.put("resource_name", "Wharfinger: " + project);
    }
}
